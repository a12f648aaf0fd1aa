-- warning: a document of whose letters more than one in two hundred got no place
select
    publicatie_id,
    identifier,
    formaat,
    dekking
from aanhangsel.publicatie
where dekking < 0.995
    and status <> 'ingetrokken'
order by dekking, publicatie_id
