-- Recesses, and the periods for which none of them is missing.
select
    van,
    tot,
    naam <> 'verkiezingsreces' as jaarlijks,
    false as dekking
from aanhangsel.reces
union all
select
    van,
    tot,
    true as jaarlijks,
    true as dekking
from aanhangsel.reces_dekking
order by dekking, van
