-- error: a reference whose target is the publication that refers
select
    publicatie_id,
    volgorde,
    soort,
    tekst
from aanhangsel.verwijzing
where doel_publicatie_id = publicatie_id
order by publicatie_id, volgorde
