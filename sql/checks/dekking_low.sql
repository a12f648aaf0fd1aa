-- warning: a document of whose letters more than one in two hundred got no place
select
    publicatie.publicatie_id,
    publicatie.identifier,
    publicatie.formaat,
    publicatie.dekking
from aanhangsel.publicatie as publicatie
join aanhangsel.signaal as signaal
    on signaal.publicatie_id = publicatie.publicatie_id
where signaal.code = 'dekking_laag'
    and publicatie.status <> 'ingetrokken'
order by publicatie.dekking, publicatie.publicatie_id
