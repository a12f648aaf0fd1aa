-- Make the table equal to its file: what is equal is left alone, and so is what an
-- operator filled in, which replaces what it overlaps.
with nieuw as materialized (
    select
        x.naam,
        x.van::date as van,
        x.tot::date as tot,
        x.zekerheid,
        x.bron
    from jsonb_to_recordset(%(rijen)s::jsonb) as x (
        naam text, van text, tot text, zekerheid text, bron text
    )
    where not exists (
        select
        from aanhangsel.reces as eigen
        where eigen.herkomst = 'zelf ingevuld'
            and eigen.van <= x.tot::date
            and eigen.tot >= x.van::date
    )
),
weg as (
    delete from aanhangsel.reces as huidig
    where huidig.herkomst = 'meegeleverd'
        and not exists (select from nieuw where nieuw.van = huidig.van)
)
insert into aanhangsel.reces as huidig (naam, van, tot, zekerheid, herkomst, bron)
select
    naam, van, tot, zekerheid, 'meegeleverd', bron
from nieuw
order by van
on conflict (van) do update
set
    naam = excluded.naam,
    tot = excluded.tot,
    zekerheid = excluded.zekerheid,
    bron = excluded.bron
where (huidig.naam, huidig.tot, huidig.zekerheid, huidig.bron)
    is distinct from (excluded.naam, excluded.tot, excluded.zekerheid, excluded.bron)
