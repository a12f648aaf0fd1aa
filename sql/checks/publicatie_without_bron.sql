-- error: a publication that stands but has no body in the archive
select
    publicatie.publicatie_id,
    publicatie.identifier
from aanhangsel.publicatie as publicatie
where publicatie.status <> 'ingetrokken'
    and not exists (
        select
        from aanhangsel.publicatie_bron as publicatie_bron
        where publicatie_bron.publicatie_id = publicatie.publicatie_id
    )
order by publicatie.publicatie_id
