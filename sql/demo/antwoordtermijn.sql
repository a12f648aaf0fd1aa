-- How long ministers took to answer: more than 21 days is late, 42 after a postponement
select
    coalesce(publicatie.identifier, publicatie.voorlopige_sleutel) as publicatie,
    termijn.ingezonden,
    termijn.ontvangen,
    termijn.dagen,
    termijn.dagen_zonder_reces as zonder_reces,
    termijn.uitgesteld,
    termijn.te_laat,
    string_agg(
        distinct coalesce(bewindspersoon.ministerie_code, bewindspersoon.ministerie),
        ', '
    ) as ministerie
from aanhangsel.antwoordtermijn as termijn
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = termijn.publicatie_id
left join aanhangsel.bewindspersoon as bewindspersoon
    on bewindspersoon.publicatie_id = termijn.publicatie_id
        and bewindspersoon.rol = 'antwoord'
where termijn.dagen is not null
group by
    publicatie.publicatie_id,
    termijn.ingezonden,
    termijn.ontvangen,
    termijn.dagen,
    termijn.dagen_zonder_reces,
    termijn.uitgesteld,
    termijn.te_laat
order by termijn.dagen desc, publicatie
limit 5
