-- The session years of which a number is loaded.
select distinct vergaderjaar
from aanhangsel.publicatie
where aanhangselnummer is not null
order by vergaderjaar
