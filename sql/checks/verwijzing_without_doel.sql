-- warning: a reference to a number that is missing from a year loaded nearly whole
with jaar as (
    select
        kamer,
        vergaderjaar,
        max(aanhangselnummer) as laatste
    from aanhangsel.publicatie
    where aanhangselnummer is not null
    group by kamer, vergaderjaar
    -- of a year that was loaded in part every number could be missing
    having count(*) >= greatest(100, 0.95 * max(aanhangselnummer))
)
select
    verwijzing.publicatie_id,
    publicatie.identifier,
    verwijzing.soort,
    verwijzing.doel_identifier
from jaar
join aanhangsel.verwijzing as verwijzing
    on verwijzing.doel_identifier
        like 'ah-' || jaar.kamer || '-' || replace(jaar.vergaderjaar, '-', '') || '-%%'
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = verwijzing.publicatie_id
where verwijzing.soort <> 'url'
    and verwijzing.doel_publicatie_id is null
    and substring(verwijzing.doel_identifier from '-([0-9]{1,9})[a-z]?$')::integer
        <= jaar.laatste
order by verwijzing.publicatie_id, verwijzing.volgorde
