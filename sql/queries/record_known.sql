-- What is remembered of these records.
select
    identifier,
    fingerprint,
    fetched_at,
    validators
from etl.record
where source = %(source)s
    and identifier = any(%(identifiers)s)
