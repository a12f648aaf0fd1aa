-- How long ministers took to answer: more than 21 days is late, 42 after a postponement
select
    termijn.identifier,
    termijn.ingezonden,
    termijn.ontvangen,
    termijn.dagen,
    termijn.uitgesteld,
    termijn.te_laat,
    string_agg(distinct bewindspersoon.ministerie, ', ') as ministerie
from aanhangsel.antwoordtermijn as termijn
left join aanhangsel.bewindspersoon as bewindspersoon
    on bewindspersoon.publicatie_id = termijn.publicatie_id
        and bewindspersoon.rol = 'antwoord'
where termijn.dagen is not null
group by
    termijn.identifier,
    termijn.ingezonden,
    termijn.ontvangen,
    termijn.dagen,
    termijn.uitgesteld,
    termijn.te_laat
order by termijn.dagen desc, termijn.identifier
limit 5
