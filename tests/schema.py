"""All that makes up the schema of a database, to compare two of them."""

from __future__ import annotations

SCHEMA = """
    select 'column', table_schema || '.' || table_name, column_name,
        concat_ws(' ', data_type, is_nullable, column_default, generation_expression)
    from information_schema.columns
    where table_schema in ('aanhangsel', 'etl')
    union all
    select 'index', schemaname, indexname, indexdef
    from pg_indexes where schemaname in ('aanhangsel', 'etl')
    union all
    select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    from pg_constraint where connamespace::regnamespace::text in ('aanhangsel', 'etl')
    union all
    select 'view', schemaname, viewname, definition
    from pg_views where schemaname in ('aanhangsel', 'etl')
    union all
    select 'function', pronamespace::regnamespace::text, proname,
        pg_get_functiondef(oid)
    from pg_proc where pronamespace::regnamespace::text in ('aanhangsel', 'etl')
        and prokind = 'f'
    union all
    select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
    from pg_trigger where not tgisinternal
    union all
    select 'comment', objoid::regclass::text, objsubid::text, description
    from pg_description where classoid = 'pg_class'::regclass
        and objoid::regclass::text ~ '^(aanhangsel|etl)[.]'
    union all
    select 'right', relnamespace::regnamespace::text, relname,
        concat_ws(' ', relowner::regrole, (select array_agg(x::text order by x::text)
        from unnest(relacl) as x))
    from pg_class where relnamespace::regnamespace::text in ('aanhangsel', 'etl')
    union all
    select 'rows', 'etl', 'schema_migration', name || sha256 from etl.schema_migration
    union all
    select 'rows', 'etl', 'reference', name || sha256 from etl.reference
    order by 1, 2, 3, 4
"""
