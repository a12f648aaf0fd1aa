-- Questions beside their answers: a row for each question number
select
    samen.identifier,
    samen.nummer,
    regexp_replace(samen.vraag_tekst, '^(.{70}).+', '\1…') as vraag,
    regexp_replace(samen.antwoord_tekst, '^(.{70}).+', '\1…') as antwoord,
    samen.koppeling
from aanhangsel.vraag_antwoord as samen
join aanhangsel.vraag as vraag using (vraag_id)
where samen.identifier = (
    select min(identifier)
    from aanhangsel.vraag_antwoord
    where koppeling = 'groep'
)
order by
    vraag.volgorde,
    samen.nummer
limit 4
