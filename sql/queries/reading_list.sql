-- All readings of these publications.
select
    publicatie_id,
    source,
    identifier,
    sha256,
    formaat,
    withdrawn,
    metadata,
    content
from etl.reading
where publicatie_id = any(%(publicatie_ids)s::bigint[])
order by source collate "C", identifier collate "C"
