select * from aanhangsel.vraag_antwoord limit 3
