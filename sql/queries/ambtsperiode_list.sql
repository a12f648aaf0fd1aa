-- Every term of office.
select
    ambtsperiode_id,
    achternaam,
    tussenvoegsel,
    functie,
    ministerie_code,
    van,
    tot
from aanhangsel.ambtsperiode
order by ambtsperiode_id
