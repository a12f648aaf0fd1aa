-- warning: a run that has been open for more than a day
select
    run_id,
    source,
    started_at
from etl.run
where outcome = 'running'
    and started_at < %(now)s::timestamptz - interval '1 day'
order by run_id
