-- Freshness and last run of each source, and the numbers looked for in vain.
select
    versheid.source,
    versheid.laatste_geslaagde_run,
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
    laatste.problem
from aanhangsel.versheid as versheid
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
order by versheid.source collate "C"
