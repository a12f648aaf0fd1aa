-- Who asked most questions, and about what
select
    indiener.naam,
    indiener.fractie,
    count(vraag.vraag_id) as vragen,
    string_agg(distinct publicatie.onderwerp, '; ') as onderwerp
from aanhangsel.indiener as indiener
join aanhangsel.publicatie as publicatie using (publicatie_id)
join aanhangsel.vraag as vraag using (publicatie_id)
group by
    indiener.naam,
    indiener.fractie
order by
    vragen desc,
    indiener.naam
limit 5
