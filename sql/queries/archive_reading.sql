-- One reading.
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
where source = %(source)s
    and identifier = %(record)s
    and content is not null
