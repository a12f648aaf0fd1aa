-- Every table, view and column of both schemas with its comment, in the order of the
-- database's own definition.
select
    namespace.nspname as schema,
    relation.relname as relation,
    case relation.relkind when 'v' then 'view' when 'm' then 'view' else 'table' end
        as kind,
    obj_description(relation.oid, 'pg_class') as about,
    attribute.attname as "column",
    format_type(attribute.atttypid, attribute.atttypmod) as type,
    attribute.attnotnull as required,
    col_description(relation.oid, attribute.attnum) as meaning
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as namespace on namespace.oid = relation.relnamespace
join pg_catalog.pg_attribute as attribute on attribute.attrelid = relation.oid
where namespace.nspname in ('aanhangsel', 'etl')
    and relation.relkind in ('r', 'p', 'v', 'm')
    and attribute.attnum > 0
    and not attribute.attisdropped
order by
    namespace.nspname collate "C",
    relation.relkind = 'v',
    relation.relname collate "C",
    attribute.attnum
