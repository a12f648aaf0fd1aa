-- An older print that came in after a newer one: kept beside the versions that held
-- here, without touching the publication.
insert into aanhangsel.publicatie_versie (
    publicatie_id, versie, geldig_tot, reden, identifier, inhoud_sha256, inhoud
)
select
    %(publicatie_id)s,
    coalesce(max(versie), 0) + 1,
    min(geldig_van),
    'oudere druk',
    %(identifier)s,
    %(inhoud_sha256)s,
    %(inhoud)s::jsonb
from aanhangsel.publicatie_versie
where publicatie_id = %(publicatie_id)s
