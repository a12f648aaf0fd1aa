-- What the figures of one source are made of. Publications are those of all sources, as
-- one is joined from several; they count by the day on which the answer was received, and
-- only once a week has passed, as they come days later.
select
    (
        select count(*)
        from etl.run_problem
        where source = %(source)s
            and resolved_at is null
    ) as open_problems,
    (
        select count(*)
        from etl.record
        where source = %(source)s
    ) as records,
    (
        select max(run_id)
        from etl.run
        where source = %(source)s
    ) as run_id,
    exists (
        select
        from etl.run
        where source = %(source)s
            and outcome in ('complete', 'partial')
            and started_at < %(today)s::date - 35
    ) as followed,
    venster.aantallen,
    vorm.*
from (
    select array_agg(geteld.aantal order by geteld.jaar) as aantallen
    from (
        select
            jaar,
            (
                select count(*)
                from aanhangsel.publicatie
                where ontvangen > (%(today)s::date - 35 - jaar * 364)
                    and ontvangen <= (%(today)s::date - 7 - jaar * 364)
            ) as aantal
        -- 364 days: the same weekdays
        from generate_series(0, 3) as jaar
    ) as geteld
) as venster
cross join (
    select
        count(*) filter (where ontvangen > %(today)s::date - 97) as forms_now,
        count(*) filter (
            where ontvangen > %(today)s::date - 97 and formaat = 'xml'
        ) as xml_now,
        count(*) filter (
            where ontvangen > %(today)s::date - 97 and formaat = 'pdf'
        ) as pdf_now,
        count(*) filter (where ontvangen <= %(today)s::date - 97) as forms_before,
        count(*) filter (
            where ontvangen <= %(today)s::date - 97 and formaat = 'xml'
        ) as xml_before,
        count(*) filter (
            where ontvangen <= %(today)s::date - 97 and formaat = 'pdf'
        ) as pdf_before
    from aanhangsel.publicatie
    where ontvangen > %(today)s::date - 462
        and ontvangen <= %(today)s::date - 7
) as vorm
