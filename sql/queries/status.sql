-- Freshness and last run of each source, what is in its quarantine, how its figures were
-- at last, and the numbers looked for in vain.
select
    versheid.source,
    geslaagd.laatste_geslaagde_run,
    versheid.nieuwste_publicatie,
    versheid.open_problemen,
    case versheid.source
        when 'officielebekendmakingen'
        -- what was never asked for is mostly older than what is followed
        then (
            select count(*)
            from aanhangsel.hiaat
            where reden <> 'nog niet opgehaald'
        )
    end as hiaten,
    laatste.started_at,
    laatste.outcome,
    laatste.problem,
    vorige.outcome as previous_outcome,
    vorige.problem as previous_problem,
    nieuws.last_news,
    probleem.per_code,
    probleem.dead_letters,
    verwachting.measured
from aanhangsel.versheid as versheid
cross join lateral (
    -- A run in the future is of a clock that was wrong, and must not silence us until
    -- then; an hour is for two machines that do not agree.
    select max(run.finished_at) as laatste_geslaagde_run
    from etl.run as run
    where run.source = versheid.source
        and run.outcome in ('complete', 'partial')
        and run.finished_at <= now() + interval '1 hour'
) as geslaagd
left join lateral (
    select
        run.started_at,
        run.outcome,
        run.problem
    from etl.run as run
    where run.source = versheid.source
    order by run.run_id desc
    limit 1
) as laatste on true
left join lateral (
    -- the last one that says how the source is
    select
        run.outcome,
        run.problem
    from etl.run as run
    where run.source = versheid.source
        and run.outcome not in ('running', 'interrupted')
    order by run.run_id desc
    limit 1
) as vorige on true
left join lateral (
    -- What counts is the day of the documents: one that the other source gave first is
    -- not new to us, and an old one that was found at last is no news. Before the first
    -- good run nothing could come.
    select
        greatest(
            min((run.finished_at at time zone 'UTC')::date),
            (
                select max(coalesce(publicatie.gepubliceerd, publicatie.ontvangen))
                from aanhangsel.publicatie_bron as publicatie_bron
                join aanhangsel.publicatie as publicatie
                    on publicatie.publicatie_id = publicatie_bron.publicatie_id
                where publicatie_bron.source = versheid.source
                    -- a mistake of the publisher must not silence us until then
                    and coalesce(publicatie.gepubliceerd, publicatie.ontvangen)
                        <= current_date
            )
        ) as last_news
    from etl.run as run
    where run.source = versheid.source
        and run.outcome in ('complete', 'partial')
    having count(*) > 0
) as nieuws on true
cross join lateral (
    select
        jsonb_object_agg(geteld.code, geteld.aantal order by geteld.code) as per_code,
        coalesce(sum(geteld.vaak), 0)::bigint as dead_letters
    from (
        select
            code,
            count(*) as aantal,
            count(*) filter (where attempts >= 6) as vaak
        from etl.run_problem
        where source = versheid.source
            and resolved_at is null
        group by code
    ) as geteld
) as probleem
cross join lateral (
    select
        jsonb_agg(
            jsonb_build_object(
                'name', gemeten.name,
                'value', gemeten.value,
                'lowest', gemeten.lowest,
                'highest', gemeten.highest,
                'verdict', gemeten.verdict
            )
            order by gemeten.name
        ) as measured
    from etl.run_expectation as gemeten
    where gemeten.run_id = (
        select max(run.run_id)
        from etl.run as run
        where run.source = versheid.source
            and exists (
                select
                from etl.run_expectation as een
                where een.run_id = run.run_id
            )
    )
) as verwachting
order by versheid.source collate "C"
