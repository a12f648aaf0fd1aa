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
        nullif(ondergebracht_bij, '') as ondergebracht_bij,
        bron
    from jsonb_to_recordset(%(rijen)s::jsonb) as x (
        code text, schrijfwijze text, naam text, soort text, van text, tot text,
        opvolger text, ondergebracht_bij text, bron text
    )
),
weg as (
    delete from aanhangsel.ministerie as huidig
    where not exists (
        select
        from nieuw
        where (
            huidig.code, huidig.schrijfwijze, huidig.naam, huidig.soort,
            huidig.van, huidig.tot, huidig.opvolger, huidig.ondergebracht_bij,
            huidig.bron
        ) is not distinct from (
            nieuw.code, nieuw.schrijfwijze, nieuw.naam, nieuw.soort, nieuw.van,
            nieuw.tot, nieuw.opvolger, nieuw.ondergebracht_bij, nieuw.bron
        )
    )
)
insert into aanhangsel.ministerie (
    code, schrijfwijze, naam, soort, van, tot, opvolger, ondergebracht_bij, bron
)
select
    code, schrijfwijze, naam, soort, van, tot, opvolger, ondergebracht_bij, bron
from nieuw
where not exists (
    select
    from aanhangsel.ministerie as huidig
    where (
        huidig.code, huidig.schrijfwijze, huidig.naam, huidig.soort, huidig.van,
        huidig.tot, huidig.opvolger, huidig.ondergebracht_bij, huidig.bron
    ) is not distinct from (
        nieuw.code, nieuw.schrijfwijze, nieuw.naam, nieuw.soort, nieuw.van,
        nieuw.tot, nieuw.opvolger, nieuw.ondergebracht_bij, nieuw.bron
    )
)
order by code, van, schrijfwijze
