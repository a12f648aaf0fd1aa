-- When the last good run of each source began.
select
    source,
    max(started_at) as started_at
from etl.run
where outcome in ('complete', 'partial')
group by source
