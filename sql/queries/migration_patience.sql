-- A migration may take its time; another one that runs is waited for.
select
    set_config('lock_timeout', '60s', false),
    set_config('statement_timeout', '0', false)
