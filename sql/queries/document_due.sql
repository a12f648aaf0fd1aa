-- Documents about written questions that were not read yet, or not as they are now; of
-- those that changed, so that not all have to be looked at. The others leave the queue.
with document as (
    select
        wachtrij.identifier,
        huidig.entity_id is not null as kept,
        huidig.deleted,
        huidig.fields,
        huidig.refs -> 'huidigedocumentversie' ->> 0 as versie_id,
        versie.fields as versie,
        zaken.zaaknummers,
        zaken.gestart_op,
        zaken.zaak_ids
    from etl.document_queue as wachtrij
    -- limits hold each of these to its key, whatever the planner takes the tables for
    left join lateral (
        select entity_id, deleted, fields, refs
        from etl.entity
        where entity_id = wachtrij.identifier::uuid
            and category = 'Document'
            and state = 'kept'
        limit 1
    ) as huidig on true
    left join lateral (
        select fields
        from etl.entity
        where entity_id = (huidig.refs -> 'huidigedocumentversie' ->> 0)::uuid
            and state = 'kept'
        limit 1
    ) as versie on true
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
        from jsonb_array_elements_text(huidig.refs -> 'zaak') as ref (zaak_id)
        cross join lateral (
            select entity_id, fields
            from etl.entity
            where entity_id = ref.zaak_id::uuid
                and category = 'Zaak'
                and state = 'kept'
            limit 1
        ) as zaak
    ) as zaken
),
verteld as materialized (
    select
        identifier,
        kept,
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
af as (
    select
        verteld.*,
        md5(metadata::text) || md5(inhoud::text) as fingerprint
    from verteld
),
bekeken as materialized (
    select
        af.*,
        af.kept
        and record.fingerprint is distinct from af.fingerprint
        -- what was withdrawn before it was ever read is not worth a row
        and (record.identifier is not null or not (af.metadata ->> 'deleted')::boolean)
            as te_lezen,
        af.kept and record.identifier is null and (af.metadata ->> 'deleted')::boolean
            as nooit_gelezen
    from af
    left join lateral (
        select identifier, fingerprint
        from etl.record
        where source = %(source)s
            and identifier = af.identifier
        limit 1
    ) as record on true
),
gedaan as (
    -- by its key: looking through all that is to be read for each would never end
    delete from etl.document_queue as wachtrij
    using bekeken
    where wachtrij.identifier = bekeken.identifier
        and not bekeken.te_lezen
),
opgelost as (
    -- nor is what was wrong with its file
    update etl.run_problem as probleem
    set resolved_at = %(now)s
    from bekeken
    where bekeken.nooit_gelezen
        and probleem.source = %(source)s
        and probleem.identifier = bekeken.identifier
        and probleem.resolved_at is null
)
select
    identifier,
    metadata,
    (inhoud ->> 'lengte')::bigint as lengte,
    fingerprint,
    place
from bekeken
where te_lezen
order by place collate "C", identifier
