-- These names are another publication's own.
delete from aanhangsel.publicatie_alias
where publicatie_id = %(publicatie_id)s
    and identifier = any(%(identifiers)s::text[])
