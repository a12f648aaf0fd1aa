-- One migration at a time; held until the connection ends.
select pg_advisory_lock(722100001)
