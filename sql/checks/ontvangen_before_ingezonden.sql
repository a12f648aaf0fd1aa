-- warning: an answer that was received before its questions were sent
select
    publicatie_id,
    identifier,
    ingezonden,
    ontvangen
from aanhangsel.publicatie
where ontvangen < ingezonden
order by publicatie_id
