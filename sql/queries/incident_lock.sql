-- One process at a time tells the webhook, so that nothing is told twice.
select pg_try_advisory_lock(722100003)
