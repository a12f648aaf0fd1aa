-- error: what has to be joined anew was left behind by a run that is over
select
    kind,
    id
from etl.link_queue
where not exists (
    select
    from etl.run
    where outcome = 'running'
)
order by kind, id
