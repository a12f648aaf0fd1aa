-- What was applied.
select
    name,
    sha256
from etl.schema_migration
order by name
