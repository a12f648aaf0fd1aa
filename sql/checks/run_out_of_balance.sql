-- error: a finished run whose parts do not add up to what it saw
select
    run_id,
    source,
    outcome,
    seen,
    new + changed + unchanged + withdrawn + quarantined as accounted
from etl.run
where outcome in ('complete', 'partial', 'interrupted')
    and seen <> new + changed + unchanged + withdrawn + quarantined
order by run_id
