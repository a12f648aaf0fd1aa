-- Make the table equal to its file: what is equal is left alone.
with nieuw as materialized (
    select
        jaar::integer as jaar,
        datum::date as datum,
        vergaderjaar,
        bron
    from jsonb_to_recordset(%(rijen)s::jsonb) as x (
        jaar text, datum text, vergaderjaar text, bron text
    )
),
weg as (
    delete from aanhangsel.prinsjesdag as huidig
    where not exists (select from nieuw where nieuw.jaar = huidig.jaar)
)
insert into aanhangsel.prinsjesdag as huidig (jaar, datum, vergaderjaar, bron)
select
    jaar, datum, vergaderjaar, bron
from nieuw
order by jaar
on conflict (jaar) do update
set
    datum = excluded.datum,
    vergaderjaar = excluded.vergaderjaar,
    bron = excluded.bron
where (huidig.datum, huidig.vergaderjaar, huidig.bron)
    is distinct from (excluded.datum, excluded.vergaderjaar, excluded.bron)
