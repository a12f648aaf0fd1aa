-- Quarantined records that are not due: all that problem_due.sql leaves.
select
    identifier,
    fingerprint
from etl.run_problem
where source = %(source)s
    and resolved_at is null
    and next_try_at > %(now)s
    and parser = %(parser)s
    and last_seen_at <= %(now)s::timestamptz + interval '1 day'
