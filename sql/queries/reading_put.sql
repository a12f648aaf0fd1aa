-- What a record was read as. Equal is left alone.
insert into etl.reading as huidig (
    source, identifier, publicatie_id, sha256, formaat, parser, withdrawn, metadata,
    content
)
values (
    %(source)s, %(record)s, %(publicatie_id)s, %(sha256)s, %(formaat)s, %(parser)s,
    %(withdrawn)s, %(metadata)s::jsonb, %(content)b
)
on conflict (source, identifier) do update
set
    publicatie_id = excluded.publicatie_id,
    sha256 = excluded.sha256,
    formaat = excluded.formaat,
    parser = excluded.parser,
    withdrawn = excluded.withdrawn,
    metadata = excluded.metadata,
    content = excluded.content
where (
    huidig.publicatie_id, huidig.sha256, huidig.formaat, huidig.parser,
    huidig.withdrawn, huidig.metadata, huidig.content
) is distinct from (
    excluded.publicatie_id, excluded.sha256, excluded.formaat, excluded.parser,
    excluded.withdrawn, excluded.metadata, excluded.content
)
