-- Persons as the mirror has them. Says which of them are new or other than they were.
with gegeven as materialized (
    select
        entity_id as tk_id,
        fields ->> 'achternaam' as achternaam,
        fields ->> 'tussenvoegsel' as tussenvoegsel,
        fields ->> 'roepnaam' as roepnaam,
        fields ->> 'voornamen' as voornamen,
        fields ->> 'initialen' as initialen,
        fields ->> 'functie' as functie,
        deleted as ingetrokken,
        concat_ws(
            ' ',
            coalesce(fields ->> 'roepnaam', fields ->> 'initialen'),
            fields ->> 'tussenvoegsel',
            fields ->> 'achternaam'
        ) as naam
    from etl.entity
    where category = 'Persoon'
        and state = 'kept'
        and fields ->> 'achternaam' is not null
)
insert into aanhangsel.persoon as huidig (
    tk_id, naam, achternaam, tussenvoegsel, roepnaam, voornamen, initialen, functie,
    ingetrokken
)
select
    tk_id, naam, achternaam, tussenvoegsel, roepnaam, voornamen, initialen, functie,
    ingetrokken
from gegeven
where not exists (
    -- looking first spares an id for each that is equal
    select
    from aanhangsel.persoon as zelfde
    where zelfde.tk_id = gegeven.tk_id
        and (
            zelfde.naam, zelfde.achternaam, zelfde.tussenvoegsel, zelfde.roepnaam,
            zelfde.voornamen, zelfde.initialen, zelfde.functie, zelfde.ingetrokken
        ) is not distinct from (
            gegeven.naam, gegeven.achternaam, gegeven.tussenvoegsel, gegeven.roepnaam,
            gegeven.voornamen, gegeven.initialen, gegeven.functie, gegeven.ingetrokken
        )
)
order by tk_id
on conflict (tk_id) do update
set
    naam = excluded.naam,
    achternaam = excluded.achternaam,
    tussenvoegsel = excluded.tussenvoegsel,
    roepnaam = excluded.roepnaam,
    voornamen = excluded.voornamen,
    initialen = excluded.initialen,
    functie = excluded.functie,
    ingetrokken = excluded.ingetrokken
returning persoon_id
