-- warning: a case that the Tweede Kamer knows, without the day its questions were sent
select
    zaaknummer,
    onderwerp,
    afgedaan
from aanhangsel.zaak
where tk_id is not null
    and not ingetrokken
    and gestart_op is null
order by zaaknummer
