-- The place in a source.
select position
from etl.cursor
where source = %(source)s
