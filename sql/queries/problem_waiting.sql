-- Quarantined records that are not due.
select
    identifier,
    fingerprint
from etl.run_problem
where source = %(source)s
    and resolved_at is null
    and next_try_at > %(now)s
    and parser = %(parser)s
