-- error: one question set with two unnumbered publications of the same kind
select
    publicatie_zaak.zaaknummer,
    publicatie.soort,
    array_agg(publicatie.publicatie_id order by publicatie.publicatie_id)
        as publicatie_ids
from aanhangsel.publicatie_zaak as publicatie_zaak
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = publicatie_zaak.publicatie_id
where publicatie.identifier is null
group by publicatie_zaak.zaaknummer, publicatie.soort
having count(*) > 1
order by publicatie_zaak.zaaknummer
