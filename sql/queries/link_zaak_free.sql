-- The row that held this GUID under another number lets it go first.
update aanhangsel.zaak as huidig
set tk_id = null
from etl.entity as entity
where entity.entity_id = any(%(ids)s::uuid[])
    and huidig.tk_id = entity.entity_id
    and huidig.zaaknummer is distinct from entity.fields ->> 'nummer'
