-- What only the embedded server has: a guest that `etl sql --port` admits over
-- loopback with a password. It reads what aanhangsel_reader reads.
do $$
begin
    if not exists (
        select from pg_catalog.pg_roles where rolname = 'aanhangsel_guest'
    ) then
        create role aanhangsel_guest nologin in role aanhangsel_reader;
    end if;
    alter role aanhangsel_guest nologin password null;
    alter role aanhangsel_guest set search_path = aanhangsel, etl;
    alter role aanhangsel_guest set default_transaction_read_only = on;
end
$$;
