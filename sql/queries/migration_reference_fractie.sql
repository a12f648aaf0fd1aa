-- Make the table equal to its file: what is equal is left alone.
with nieuw as materialized (
    select
        code,
        schrijfwijze,
        naam,
        soort,
        nullif(van, '')::date as van,
        nullif(tot, '')::date as tot,
        nullif(opvolger, '') as opvolger,
        bron
    from jsonb_to_recordset(%(rijen)s::jsonb) as x (
        code text, schrijfwijze text, naam text, soort text, van text, tot text,
        opvolger text, bron text
    )
),
weg as (
    delete from aanhangsel.fractie_schrijfwijze as huidig
    where not exists (
        select
        from nieuw
        where (
            huidig.code, huidig.schrijfwijze, huidig.naam, huidig.soort,
            huidig.van, huidig.tot, huidig.opvolger, huidig.bron
        ) is not distinct from (
            nieuw.code, nieuw.schrijfwijze, nieuw.naam, nieuw.soort, nieuw.van,
            nieuw.tot, nieuw.opvolger, nieuw.bron
        )
    )
)
insert into aanhangsel.fractie_schrijfwijze (
    code, schrijfwijze, naam, soort, van, tot, opvolger, bron
)
select
    code, schrijfwijze, naam, soort, van, tot, opvolger, bron
from nieuw
where not exists (
    select
    from aanhangsel.fractie_schrijfwijze as huidig
    where (
        huidig.code, huidig.schrijfwijze, huidig.naam, huidig.soort, huidig.van,
        huidig.tot, huidig.opvolger, huidig.bron
    ) is not distinct from (
        nieuw.code, nieuw.schrijfwijze, nieuw.naam, nieuw.soort, nieuw.van,
        nieuw.tot, nieuw.opvolger, nieuw.bron
    )
)
order by code, van, schrijfwijze
