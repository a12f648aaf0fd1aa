-- The life of a question: what came of the newest cases, and which source had it
select
    zaak.zaaknummer,
    regexp_replace(
        coalesce(zaak.onderwerp, publicatie.mededeling), '^(.{32}).+', '\1…'
    ) as onderwerp,
    case
        when vraag.zaaknummer is not null then 'nog open'
        else keten.soort
    end as stand,
    keten.identifier,
    keten.ontvangen,
    coalesce(keten.dagen, vraag.dagen_open) as dagen,
    (
        select
            case when count(distinct source) = 2 then 'beide' else min(source) end
        from aanhangsel.publicatie_bron as publicatie_bron
        where publicatie_bron.publicatie_id = keten.publicatie_id
    ) as bron
from aanhangsel.zaak as zaak
left join aanhangsel.uitstelketen as keten
    on keten.zaaknummer = zaak.zaaknummer
left join aanhangsel.openstaande_vraag as vraag
    on vraag.zaaknummer = zaak.zaaknummer
left join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = keten.publicatie_id
order by
    zaak.zaaknummer desc,
    keten.stap
limit 6
