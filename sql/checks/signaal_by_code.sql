-- warning: oddities in what was published, by code with three examples each
select
    signaal.code,
    min(split_part(signaal.uitleg, ': ', 1)) as uitleg,
    count(distinct signaal.publicatie_id) as publicaties,
    (array_agg(distinct coalesce(
        publicatie.identifier, publicatie.voorlopige_sleutel, signaal.zaaknummer
    )))[1:3] as voorbeelden,
    count(distinct signaal.zaaknummer) as zaken
from aanhangsel.signaal as signaal
left join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = signaal.publicatie_id
where publicatie.status is distinct from 'ingetrokken'
group by signaal.code
order by count(distinct signaal.publicatie_id) + count(distinct signaal.zaaknummer) desc,
    signaal.code
