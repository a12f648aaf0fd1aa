-- The spellings by which a printed ministry is recognised, and when each held.
select
    schrijfwijze,
    code,
    van,
    tot
from aanhangsel.ministerie
