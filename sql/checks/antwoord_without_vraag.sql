-- warning: an answer to a number that no question of the publication has
select
    antwoord.publicatie_id,
    antwoord.antwoord_id,
    nummer
from aanhangsel.antwoord as antwoord
cross join lateral unnest(antwoord.nummers) as nummer
where not exists (
    select
    from aanhangsel.vraag as vraag
    where vraag.publicatie_id = antwoord.publicatie_id
        and nummer = any(vraag.nummers)
)
order by antwoord.publicatie_id, antwoord.antwoord_id
