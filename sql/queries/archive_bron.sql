-- A body as filed under one publication, by the source that brought it where it did.
select
    bron.sha256,
    bron.media_type,
    bron.body,
    bron.compressie,
    publicatie_bron.url,
    publicatie_bron.opgehaald_op
from aanhangsel.publicatie_bron as publicatie_bron
join aanhangsel.bron as bron
    on bron.sha256 = publicatie_bron.sha256
where publicatie_bron.publicatie_id = %(publicatie_id)s
    and publicatie_bron.sha256 = %(sha256)s
order by
    publicatie_bron.source <> %(source)s,
    publicatie_bron.opgehaald_op,
    publicatie_bron.url_sha256
limit 1
