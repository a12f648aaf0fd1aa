-- Who may do what in this database. Idempotent; a role that does not exist is
-- passed over, and so is a right that this user cannot give.
do $$
declare
    naam text;
begin
    foreach naam in array array['aanhangsel', 'etl'] loop
        if not exists (select from pg_catalog.pg_namespace where nspname = naam) then
            continue;
        end if;
        if exists (select from pg_catalog.pg_roles where rolname = 'aanhangsel_writer')
        then
            execute format('grant usage on schema %I to aanhangsel_writer', naam);
            execute format(
                'grant select, insert, update, delete on all tables in schema %I'
                ' to aanhangsel_writer', naam
            );
            execute format(
                'grant execute on all functions in schema %I to aanhangsel_writer', naam
            );
            execute format(
                'grant usage on all sequences in schema %I to aanhangsel_writer', naam
            );
        end if;
        if exists (select from pg_catalog.pg_roles where rolname = 'aanhangsel_reader')
        then
            execute format('grant usage on schema %I to aanhangsel_reader', naam);
            execute format(
                'grant select on all tables in schema %I to aanhangsel_reader', naam
            );
        end if;
    end loop;
    -- The list of migrations and the reference tables are the owner's alone to write,
    -- but for those to which operators and the job itself add rows.
    if exists (select from pg_catalog.pg_roles where rolname = 'aanhangsel_writer') then
        foreach naam in array array[
            'etl.schema_migration', 'etl.reference', 'aanhangsel.fractie_schrijfwijze',
            'aanhangsel.ministerie', 'aanhangsel.prinsjesdag'
        ] loop
            if to_regclass(naam) is not null then
                execute format(
                    'revoke insert, update, delete on %s from aanhangsel_writer', naam
                );
            end if;
        end loop;
    end if;
    -- Up to PostgreSQL 14 everybody may create things in schema public.
    begin
        revoke create on schema public from public;
    exception when insufficient_privilege then
        null;
    end;
end
$$;
