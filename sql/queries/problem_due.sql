-- Quarantined records whose time has come or whose parser has changed.
select record
from etl.run_problem
where source = %(source)s
    and resolved_at is null
    and (next_try_at <= %(now)s or parser <> %(parser)s)
order by identifier collate "C"
