-- The surnames of these persons.
select achternaam
from aanhangsel.persoon
where persoon_id = any(%(persoon_ids)s::bigint[])
    and achternaam is not null
