-- Who asked most questions: as printed, and who that is for certain
select
    indiener.naam,
    indiener.fractie,
    persoon.naam as persoon,
    indiener.fractie_op_datum,
    count(vraag.vraag_id) as vragen,
    min(
        regexp_replace(
            coalesce(publicatie.onderwerp, zaak.onderwerp), '^(.{32}).+', '\1…'
        )
    ) as onderwerp
from aanhangsel.indiener as indiener
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = indiener.publicatie_id
join aanhangsel.vraag as vraag
    on vraag.publicatie_id = indiener.publicatie_id
left join aanhangsel.persoon as persoon
    on persoon.persoon_id = indiener.persoon_id
left join aanhangsel.publicatie_zaak as publicatie_zaak
    on publicatie_zaak.publicatie_id = indiener.publicatie_id
left join aanhangsel.zaak as zaak
    on zaak.zaaknummer = publicatie_zaak.zaaknummer
group by
    indiener.naam,
    indiener.fractie,
    persoon.naam,
    indiener.fractie_op_datum
order by
    vragen desc,
    indiener.naam
limit 5
