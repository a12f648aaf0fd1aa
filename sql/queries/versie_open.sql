-- The version that holds from now on.
insert into aanhangsel.publicatie_versie (
    publicatie_id, versie, geldig_van, reden, identifier, inhoud_sha256
)
select
    %(publicatie_id)s,
    coalesce(max(versie), 0) + 1,
    %(now)s,
    %(reden)s,
    %(identifier)s,
    %(inhoud_sha256)s
from aanhangsel.publicatie_versie
where publicatie_id = %(publicatie_id)s
