-- Documents of the mirror, of these session years, that were read.
select count(*) as aantal
from etl.entity as document
join etl.record as record
    on record.source = %(source)s
    and record.identifier = document.entity_id::text
where document.category = 'Document'
    and document.state = 'kept'
    and not document.deleted
    and document.fields ->> 'vergaderjaar' = any(%(vergaderjaren)s::text[])
