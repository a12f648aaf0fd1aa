-- A record that its source took back before it was read here.
insert into etl.reading (
    source, identifier, publicatie_id, parser, withdrawn, metadata
)
values (
    %(source)s, %(record)s, %(publicatie_id)s, null, true, %(metadata)s::jsonb
)
on conflict (source, identifier) do nothing
