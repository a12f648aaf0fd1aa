-- Whom the Tweede Kamer names as the addressee of written questions, in which office,
-- since when.
select
    actor.fields ->> 'actornaam' as naam,
    actor.fields ->> 'functie' as functie,
    min(left(zaak.fields ->> 'gestartop', 10)::date) as first
from etl.entity as actor
join etl.entity as zaak
    on zaak.entity_id = actor.parent_id
    and zaak.category = 'Zaak'
where actor.category = 'ZaakActor'
    and actor.state = 'kept'
    and not actor.deleted
    and actor.fields ->> 'relatie' = 'Gericht aan'
    and actor.fields ->> 'actornaam' is not null
    and actor.fields ->> 'functie' is not null
    and zaak.fields ->> 'gestartop' is not null
group by 1, 2
order by 1, 2
