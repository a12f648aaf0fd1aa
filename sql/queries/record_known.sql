-- What is remembered of these records.
select
    record.identifier,
    record.fingerprint,
    record.fetched_at,
    record.validators,
    reading.sha256
from etl.record as record
left join etl.reading as reading
    on reading.source = record.source
    and reading.identifier = record.identifier
where record.source = %(source)s
    and record.identifier = any(%(identifiers)s)
