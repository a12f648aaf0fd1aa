-- error: a publication whose present version is missing or has another content
select
    publicatie.publicatie_id,
    publicatie.identifier,
    publicatie.inhoud_sha256,
    versie.inhoud_sha256 as versie_sha256
from aanhangsel.publicatie as publicatie
left join aanhangsel.publicatie_versie as versie
    on versie.publicatie_id = publicatie.publicatie_id
    and versie.geldig_tot is null
where versie.publicatie_id is null
    or versie.inhoud_sha256 is distinct from publicatie.inhoud_sha256
order by publicatie.publicatie_id
