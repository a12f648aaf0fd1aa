-- Who asked most, and about what
select
    indiener.naam,
    indiener.fractie,
    count(distinct publicatie.publicatie_id) as publicaties,
    count(vraag.vraag_id) as vragen,
    min(left(publicatie.onderwerp, 50)) as onderwerp
from aanhangsel.indiener as indiener
join aanhangsel.publicatie as publicatie using (publicatie_id)
left join aanhangsel.vraag as vraag using (publicatie_id)
group by
    indiener.naam,
    indiener.fractie
order by
    vragen desc,
    indiener.naam
limit 5
