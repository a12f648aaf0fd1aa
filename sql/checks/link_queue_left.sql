-- error: what has to be joined anew was left behind by a run that ended well
select
    kind,
    id
from etl.link_queue
-- one that failed or was stopped leaves it to the next
where coalesce(
        (
            select outcome in ('complete', 'partial')
            from etl.run
            order by run_id desc
            limit 1
        ),
        true
    )
order by kind, id
