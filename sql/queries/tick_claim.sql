-- Take up a tick of the schedule; we hold the one lock of the database, so whoever left
-- it unfinished is gone. No row when it was done. A run in the future is of a clock that
-- was wrong, and proves nothing.
insert into etl.tick as huidig (source, scheduled_for, daemon, claimed_at)
select %(source)s, %(scheduled_for)s, %(daemon)s, %(now)s
where not exists (
    select
    from etl.run
    where source = %(source)s
        and outcome in ('complete', 'partial')
        and started_at >= %(scheduled_for)s
        and started_at <= %(now)s
)
on conflict (source, scheduled_for) do update
set
    daemon = excluded.daemon,
    claimed_at = excluded.claimed_at,
    finished_at = null,
    good = null
where huidig.finished_at is null
    or (%(again)s and not huidig.good)
returning scheduled_for
