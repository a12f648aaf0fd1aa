-- Documents about written questions that were not read yet, or not as they are now; of
-- those that changed, so that not all have to be looked at. The others leave the queue.
with document as (
    select
        entity.entity_id,
        entity.deleted,
        entity.fields,
        entity.refs -> 'huidigedocumentversie' ->> 0 as versie_id,
        versie.fields as versie,
        zaken.zaaknummers,
        zaken.gestart_op,
        zaken.zaak_ids
    from etl.document_queue as wachtrij
    join etl.entity as entity
        on entity.entity_id = wachtrij.identifier::uuid
    left join etl.entity as versie
        on versie.entity_id = (entity.refs -> 'huidigedocumentversie' ->> 0)::uuid
        and versie.state = 'kept'
    cross join lateral (
        select
            coalesce(
                array_agg(zaak.fields ->> 'nummer' order by zaak.fields ->> 'nummer')
                filter (where zaak.fields ->> 'nummer' is not null),
                '{}'
            ) as zaaknummers,
            case when count(distinct zaak.fields ->> 'gestartop') = 1
                then left(min(zaak.fields ->> 'gestartop'), 10)
            end as gestart_op,
            array_agg(zaak.entity_id) as zaak_ids
        from jsonb_array_elements_text(entity.refs -> 'zaak') as ref (zaak_id)
        join etl.entity as zaak
            on zaak.entity_id = ref.zaak_id::uuid
        where zaak.category = 'Zaak'
            and zaak.state = 'kept'
    ) as zaken
    where entity.category = 'Document'
        and entity.state = 'kept'
),
verteld as (
    select
        entity_id::text as identifier,
        jsonb_build_object(
            'titel', fields ->> 'onderwerp',
            'soort', fields ->> 'soort',
            'documentnummer', fields ->> 'documentnummer',
            'datum', left(fields ->> 'datum', 10),
            'vergaderjaar', fields ->> 'vergaderjaar',
            'kamer', fields ->> 'kamer',
            'aanhangselnummer', fields ->> 'aanhangselnummer',
            'externe_identifier', versie ->> 'externeidentifier',
            'zaaknummers', to_jsonb(zaaknummers),
            'gestart_op', gestart_op,
            'deleted', deleted,
            'indieners', coalesce(
                (
                    select jsonb_agg(
                        jsonb_build_object(
                            'naam', actor.fields ->> 'actornaam',
                            'fractie', actor.fields ->> 'actorfractie'
                        )
                        order by
                            actor.fields ->> 'relatie',
                            actor.fields ->> 'actornaam' collate "C",
                            actor.entity_id
                    )
                    from etl.entity as actor
                    where cardinality(zaak_ids) = 1
                        and actor.parent_id = zaak_ids[1]
                        and actor.category = 'ZaakActor'
                        and actor.state = 'kept'
                        and not actor.deleted
                        and actor.fields ->> 'actornaam' is not null
                        and actor.fields ->> 'relatie' in ('Indiener', 'Medeindiener')
                ),
                '[]'
            )
        ) as metadata,
        jsonb_build_object(
            'lengte', fields ->> 'contentlength',
            'versie', versie_id
        ) as inhoud,
        coalesce(fields ->> 'documentnummer', '') as place
    from document
),
af as materialized (
    select
        verteld.*,
        md5(metadata::text) || md5(inhoud::text) as fingerprint
    from verteld
),
te_lezen as (
    select
        af.identifier,
        af.metadata,
        (af.inhoud ->> 'lengte')::bigint as lengte,
        af.fingerprint,
        af.place
    from af
    left join etl.record as record
        on record.source = %(source)s
        and record.identifier = af.identifier
    where record.fingerprint is distinct from af.fingerprint
        -- what was withdrawn before it was ever read is not worth a row
        and (record.identifier is not null or not (af.metadata ->> 'deleted')::boolean)
),
gedaan as (
    delete from etl.document_queue as wachtrij
    where not exists (
        select
        from te_lezen
        where te_lezen.identifier = wachtrij.identifier
    )
)
select identifier, metadata, lengte, fingerprint, place
from te_lezen
order by place collate "C", identifier
