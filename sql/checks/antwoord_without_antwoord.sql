-- warning: a publication of kind antwoord without a single answer block
select
    publicatie.publicatie_id,
    publicatie.identifier
from aanhangsel.publicatie as publicatie
where publicatie.soort = 'antwoord'
    and publicatie.status = 'geldig'
    and not exists (
        select
        from aanhangsel.antwoord as antwoord
        where antwoord.publicatie_id = publicatie.publicatie_id
    )
order by publicatie.publicatie_id
