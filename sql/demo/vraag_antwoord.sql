-- Questions beside their answers: a row for each question number
select
    identifier,
    nummer,
    left(vraag_tekst, 60) || '…' as vraag,
    left(antwoord_tekst, 60) || '…' as antwoord,
    koppeling
from aanhangsel.vraag_antwoord
where vraag_tekst is not null
    and antwoord_tekst is not null
order by koppeling desc, identifier, vraag_id
limit 5
