-- Which version of each row of a table is there: any write changes ctid or xmin.
select
    ctid::text as place,
    xmin::text as writer
from {}
