-- warning: a member whose person is known, but who sat for no group on that day
select
    publicatie.publicatie_id,
    publicatie.identifier,
    indiener.naam,
    indiener.persoon_id,
    publicatie.ingezonden
from aanhangsel.indiener as indiener
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = indiener.publicatie_id
where indiener.persoon_id is not null
    and publicatie.kamer is distinct from 'ek'
    and publicatie.ingezonden is not null
    and publicatie.status <> 'ingetrokken'
    and not exists (
        select
        from aanhangsel.lidmaatschap as lidmaatschap
        where lidmaatschap.persoon_id = indiener.persoon_id
            and coalesce(lidmaatschap.van, '-infinity') <= publicatie.ingezonden
            and coalesce(lidmaatschap.tot, 'infinity') >= publicatie.ingezonden
    )
order by publicatie.publicatie_id, indiener.volgorde
