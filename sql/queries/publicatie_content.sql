-- A publication that was loaded before its readings were kept, as JSON from its tables.
select
    publicatie.publicatie_id,
    aanhangsel.inhoud(publicatie.publicatie_id) as inhoud,
    publicatie.metadata,
    publicatie.formaat,
    (
        select publicatie_bron.source
        from aanhangsel.publicatie_bron as publicatie_bron
        where publicatie_bron.publicatie_id = publicatie.publicatie_id
        order by publicatie_bron.opgehaald_op desc, publicatie_bron.sha256
        limit 1
    ) as source,
    (
        select publicatie_bron.sha256
        from aanhangsel.publicatie_bron as publicatie_bron
        where publicatie_bron.publicatie_id = publicatie.publicatie_id
        order by publicatie_bron.opgehaald_op desc, publicatie_bron.sha256
        limit 1
    ) as sha256
from aanhangsel.publicatie as publicatie
where publicatie.publicatie_id = any(%(publicatie_ids)s::bigint[])
    and publicatie.formaat is not null
    and not exists (
        select
        from etl.reading as reading
        where reading.publicatie_id = publicatie.publicatie_id
    )
order by publicatie.publicatie_id
