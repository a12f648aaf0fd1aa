-- Let the next run begin.
select pg_advisory_unlock(722100002)
