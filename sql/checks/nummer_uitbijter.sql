-- warning: a number far beyond those of its year, most likely mistyped at the source
select
    kamer,
    vergaderjaar,
    aanhangselnummer,
    identifier,
    past_op,
    past_nummer
from aanhangsel.uitbijter
order by kamer, vergaderjaar, aanhangselnummer
