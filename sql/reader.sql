-- A session that asks: it cannot write and does not wait for ever.
set default_transaction_read_only = on;
set statement_timeout = '5min';
set idle_in_transaction_session_timeout = '5min';
set search_path = aanhangsel, etl;
