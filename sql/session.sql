-- What every connection of the job asks for; a transaction that takes longer is
-- a fault, not work.
set lock_timeout = '5s';
set statement_timeout = '60s';
set idle_in_transaction_session_timeout = '30s';
set timezone = 'UTC';
set datestyle = 'ISO, YMD';
set default_transaction_isolation = 'read committed';
do $$
begin
    -- so that a killed client in a long query lets its lock go; not on every platform
    set client_connection_check_interval = '2s';
exception when others then
    null;
end
$$;
