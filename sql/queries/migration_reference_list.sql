-- Which state of each reference table was loaded.
select
    name,
    sha256
from etl.reference
