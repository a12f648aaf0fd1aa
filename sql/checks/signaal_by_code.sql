-- warning: oddities in what was published, by code with three examples each
select
    signaal.code,
    min(split_part(signaal.uitleg, ': ', 1)) as uitleg,
    count(distinct signaal.publicatie_id) as publicaties,
    (array_agg(
        distinct coalesce(publicatie.identifier, publicatie.voorlopige_sleutel)
    ))[1:3] as voorbeelden
from aanhangsel.signaal as signaal
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = signaal.publicatie_id
where publicatie.status <> 'ingetrokken'
group by signaal.code
order by publicaties desc, signaal.code
