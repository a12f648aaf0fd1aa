-- The tables that analysts read.
select relname
from pg_catalog.pg_class
where relkind = 'r'
    and relnamespace = 'aanhangsel'::regnamespace
order by relname
