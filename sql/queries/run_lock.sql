-- One run at a time in this database; held by the session.
select pg_try_advisory_lock(722100002)
