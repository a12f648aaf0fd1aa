-- What waits to be joined with the rest, of one kind.
select id
from etl.link_queue
where kind = %(kind)s
order by id collate "C"
limit %(most)s
