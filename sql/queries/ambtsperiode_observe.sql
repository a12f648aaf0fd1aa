-- The terms that were only observed: these and no others. Whose answers they may explain
-- is joined anew.
with gegeven as materialized (
    select *
    from jsonb_to_recordset(%(terms)s::jsonb) as x (
        naam text, achternaam text, tussenvoegsel text, voorletters text, functie text,
        portefeuille text, ministerie_code text, van date
    )
),
anders as (
    update aanhangsel.ambtsperiode as huidig
    set van = gegeven.van
    from gegeven
    where huidig.herkomst = 'waargenomen'
        and huidig.naam = gegeven.naam
        and huidig.functie = gegeven.functie
        and huidig.ministerie_code = gegeven.ministerie_code
        and huidig.van <> gegeven.van
    returning huidig.achternaam
),
nieuw as (
    insert into aanhangsel.ambtsperiode (
        naam, achternaam, tussenvoegsel, voorletters, functie, portefeuille,
        ministerie_code, van, zekerheid, herkomst, bron
    )
    select
        naam, achternaam, tussenvoegsel, voorletters, functie, portefeuille,
        ministerie_code, van, 'van waargenomen, tot onbekend', 'waargenomen',
        'Tweede Kamer, eerste zaak die hem in dit ambt noemt'
    from gegeven
    where not exists (
        select
        from aanhangsel.ambtsperiode as huidig
        where huidig.herkomst = 'waargenomen'
            and huidig.naam = gegeven.naam
            and huidig.functie = gegeven.functie
            and huidig.ministerie_code = gegeven.ministerie_code
    )
    returning achternaam
),
weg as (
    delete from aanhangsel.ambtsperiode as huidig
    where huidig.herkomst = 'waargenomen'
        and not exists (
            select
            from gegeven
            where huidig.naam = gegeven.naam
                and huidig.functie = gegeven.functie
                and huidig.ministerie_code = gegeven.ministerie_code
        )
    returning achternaam
)
insert into etl.link_queue (kind, id)
select 'publicatie', bewindspersoon.publicatie_id::text
from aanhangsel.bewindspersoon as bewindspersoon
where lower(bewindspersoon.achternaam) in (
    select lower(achternaam) from anders
    union
    select lower(achternaam) from nieuw
    union
    select lower(achternaam) from weg
)
on conflict do nothing
