-- Make the table equal to its file: what is equal is left alone, and so is what an
-- operator filled in.
with nieuw as materialized (
    select
        van::date as van,
        tot::date as tot,
        zekerheid,
        bron
    from jsonb_to_recordset(%(rijen)s::jsonb) as x (
        van text, tot text, zekerheid text, bron text
    )
),
weg as (
    delete from aanhangsel.reces_dekking as huidig
    where huidig.herkomst = 'meegeleverd'
        and not exists (select from nieuw where nieuw.van = huidig.van)
)
insert into aanhangsel.reces_dekking as huidig (van, tot, zekerheid, herkomst, bron)
select
    van, tot, zekerheid, 'meegeleverd', bron
from nieuw
order by van
on conflict (van) do update
set
    tot = excluded.tot,
    zekerheid = excluded.zekerheid,
    bron = excluded.bron
where huidig.herkomst = 'meegeleverd'
    and (huidig.tot, huidig.zekerheid, huidig.bron)
    is distinct from (excluded.tot, excluded.zekerheid, excluded.bron)
