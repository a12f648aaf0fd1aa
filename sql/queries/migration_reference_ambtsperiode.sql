-- Make the table equal to its file: what is equal is left alone, and so is what an
-- operator filled in. A row that was only observed becomes that of the file.
with nieuw as materialized (
    select
        naam,
        achternaam,
        nullif(tussenvoegsel, '') as tussenvoegsel,
        nullif(voorletters, '') as voorletters,
        functie,
        portefeuille,
        ministerie_code,
        kabinet,
        nullif(van, '')::date as van,
        nullif(tot, '')::date as tot,
        zekerheid,
        'meegeleverd' as herkomst,
        bron
    from jsonb_to_recordset(%(rijen)s::jsonb) as x (
        naam text, achternaam text, tussenvoegsel text, voorletters text, functie text,
        portefeuille text, ministerie_code text, kabinet text, van text, tot text,
        zekerheid text, bron text
    )
),
weg as (
    delete from aanhangsel.ambtsperiode as huidig
    where huidig.herkomst = 'meegeleverd'
        and not exists (
            select
            from nieuw
            where (nieuw.naam, nieuw.functie, nieuw.ministerie_code, nieuw.van)
                is not distinct from
                (huidig.naam, huidig.functie, huidig.ministerie_code, huidig.van)
        )
),
anders as (
    -- kept under its number, by which who answered is linked to it
    update aanhangsel.ambtsperiode as huidig
    set
        achternaam = nieuw.achternaam,
        tussenvoegsel = nieuw.tussenvoegsel,
        voorletters = nieuw.voorletters,
        portefeuille = nieuw.portefeuille,
        kabinet = nieuw.kabinet,
        tot = nieuw.tot,
        zekerheid = nieuw.zekerheid,
        herkomst = nieuw.herkomst,
        bron = nieuw.bron
    from nieuw
    where huidig.herkomst <> 'zelf ingevuld'
        and (nieuw.naam, nieuw.functie, nieuw.ministerie_code, nieuw.van)
        is not distinct from
        (huidig.naam, huidig.functie, huidig.ministerie_code, huidig.van)
        and (
            huidig.achternaam, huidig.tussenvoegsel, huidig.voorletters,
            huidig.portefeuille, huidig.kabinet, huidig.tot, huidig.zekerheid,
            huidig.herkomst, huidig.bron
        ) is distinct from (
            nieuw.achternaam, nieuw.tussenvoegsel, nieuw.voorletters,
            nieuw.portefeuille, nieuw.kabinet, nieuw.tot, nieuw.zekerheid,
            nieuw.herkomst, nieuw.bron
        )
)
insert into aanhangsel.ambtsperiode (
    naam, achternaam, tussenvoegsel, voorletters, functie, portefeuille,
    ministerie_code, kabinet, van, tot, zekerheid, herkomst, bron
)
select
    naam, achternaam, tussenvoegsel, voorletters, functie, portefeuille,
    ministerie_code, kabinet, van, tot, zekerheid, herkomst, bron
from nieuw
where not exists (
    select
    from aanhangsel.ambtsperiode as huidig
    where (nieuw.naam, nieuw.functie, nieuw.ministerie_code, nieuw.van)
        is not distinct from
        (huidig.naam, huidig.functie, huidig.ministerie_code, huidig.van)
)
order by van, naam
