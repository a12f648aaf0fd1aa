-- error: a publication whose rows of one kind are not numbered 1, 2, 3 …
with rijen as (
    select 'indiener' as tabel, publicatie_id, volgorde from aanhangsel.indiener
    union all
    select 'bewindspersoon', publicatie_id, volgorde from aanhangsel.bewindspersoon
    union all
    select 'vraag', publicatie_id, volgorde from aanhangsel.vraag
    union all
    select 'antwoord', publicatie_id, volgorde from aanhangsel.antwoord
    union all
    select 'noot', publicatie_id, volgorde from aanhangsel.noot
    union all
    select 'bijlage', publicatie_id, volgorde from aanhangsel.bijlage
    union all
    select 'verwijzing', publicatie_id, volgorde from aanhangsel.verwijzing
    union all
    -- those above a thousand came with joining: their order says nothing
    select 'signaal', publicatie_id, volgorde
    from aanhangsel.signaal
    where publicatie_id is not null
        and volgorde <= 1000
)
select
    tabel,
    publicatie_id,
    count(*) as rijen,
    max(volgorde) as laatste
from rijen
group by tabel, publicatie_id
having count(*) <> max(volgorde)
order by tabel, publicatie_id
