-- The three roles of the database. Idempotent; needs a superuser or createrole.
-- They are made without a password: over a network nobody can log in as one of
-- them until somebody sets it (`alter role aanhangsel_reader password '…'`).
-- What each may do in the database is in grants.sql.
do $$
declare
    rol text;
begin
    foreach rol in array array[
        'aanhangsel_owner', 'aanhangsel_writer', 'aanhangsel_reader'
    ] loop
        if not exists (select from pg_catalog.pg_roles where rolname = rol) then
            execute format('create role %I login', rol);
        end if;
        execute format('alter role %I set search_path = aanhangsel, etl', rol);
    end loop;
    alter role aanhangsel_reader set default_transaction_read_only = on;
end
$$;
