-- Quarantined records whose time has come or whose parser has changed. What was seen in
-- the future was by a clock that was wrong, and would wait for that day.
select record
from etl.run_problem
where source = %(source)s
    and resolved_at is null
    and (
        next_try_at <= %(now)s
        or parser <> %(parser)s
        or last_seen_at > %(now)s::timestamptz + interval '1 day'
    )
order by identifier collate "C"
