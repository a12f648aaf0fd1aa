-- Cases about written questions of a session year that are in the mirror.
select count(*) as aantal
from etl.entity
where category = 'Zaak'
    and state = 'kept'
    and not deleted
    and fields ->> 'vergaderjaar' = %(vergaderjaar)s::text
