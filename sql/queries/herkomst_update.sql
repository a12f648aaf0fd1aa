-- The same values from other sources: no new version.
update aanhangsel.publicatie
set herkomst = %(herkomst)s::jsonb
where publicatie_id = %(publicatie_id)s
    and herkomst is distinct from %(herkomst)s::jsonb
