-- A body as archived, with the address that it came from.
select
    bron.sha256,
    bron.media_type,
    bron.body,
    bron.compressie,
    publicatie_bron.url,
    publicatie_bron.opgehaald_op
from aanhangsel.bron as bron
join aanhangsel.publicatie_bron as publicatie_bron
    on publicatie_bron.sha256 = bron.sha256
where bron.sha256 = %(sha256)s
    and publicatie_bron.source = %(source)s
order by publicatie_bron.opgehaald_op, publicatie_bron.url_sha256
limit 1
