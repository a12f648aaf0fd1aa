-- Every term of office; without those that were only observed where that is asked.
select
    ambtsperiode_id,
    achternaam,
    tussenvoegsel,
    functie,
    ministerie_code,
    van,
    tot
from aanhangsel.ambtsperiode
where herkomst <> 'waargenomen'
    or not %(sure)s
order by ambtsperiode_id
