-- One page of entities into the mirror: what concerns written questions in full, of the
-- rest only the id. Nulls of a tombstone overwrite nothing; equal is left alone. What
-- has to be joined anew is queued. Says how many were new, changed and withdrawn.
with gegeven as materialized (
    -- an entity twice on a page: the last one holds
    select distinct on (x.id) x.*
    from jsonb_to_recordset(%(entities)s::jsonb) as x (
        plaats integer, id uuid, category text, parent_id uuid, concerns boolean,
        ordered boolean, deleted boolean, fields jsonb, refs jsonb, oddities jsonb,
        changed_at timestamptz
    )
    order by x.id, x.plaats desc
),
gevonden as materialized (
    select
        gegeven.id,
        gegeven.category,
        coalesce(gegeven.parent_id, huidig.parent_id) as parent_id,
        gegeven.deleted,
        gegeven.oddities,
        gegeven.changed_at,
        huidig.entity_id is not null as known,
        huidig.state as old_state,
        huidig.deleted as old_deleted,
        huidig.fields as old_fields,
        huidig.refs as old_refs,
        huidig.oddities as old_oddities,
        huidig.parent_id as old_parent_id,
        coalesce(huidig.fields, '{}') || gegeven.fields as fields,
        case
            when gegeven.deleted then coalesce(huidig.refs, gegeven.refs)
            -- one road of the two does not always give these
            else jsonb_strip_nulls(jsonb_build_object(
                'gerelateerdvanuit', huidig.refs -> 'gerelateerdvanuit',
                'vervangenvanuit', huidig.refs -> 'vervangenvanuit',
                'brondocument', huidig.refs -> 'brondocument'
            )) || gegeven.refs
        end as refs,
        -- a road without an order may be behind; in the feed the last one holds, though
        -- its time can go back: local time has one hour twice
        not gegeven.ordered and gegeven.changed_at < huidig.changed_at as stale,
        case
            -- what the tombstone of something never seen was about: its parts wait too
            when gegeven.concerns is null and gegeven.deleted
                and gegeven.category in ('Zaak', 'Document')
            then coalesce(huidig.state, 'waiting')
            -- a document of an uncertain kind, or a part: as its zaak or document
            when gegeven.concerns is null and gegeven.category = 'Document'
            then case
                when huidig.state = 'kept' or exists (
                    select
                    from jsonb_array_elements_text(gegeven.refs -> 'zaak') as ref (zaak_id)
                    join etl.entity as zaak on zaak.entity_id = ref.zaak_id::uuid
                    where zaak.state = 'kept'
                )
                then 'kept'
                -- a zaak that did not come by yet may still be one
                when exists (
                    select
                    from jsonb_array_elements_text(gegeven.refs -> 'zaak') as ref (zaak_id)
                    left join etl.entity as zaak on zaak.entity_id = ref.zaak_id::uuid
                    where coalesce(zaak.state, 'waiting') = 'waiting'
                )
                then 'waiting'
                else 'passed'
            end
            when gegeven.concerns is null
            then coalesce(
                (
                    select ouder.state
                    from etl.entity as ouder
                    where ouder.entity_id = coalesce(gegeven.parent_id, huidig.parent_id)
                ),
                -- a tombstone without a parent that was never here is nobody's
                case when coalesce(gegeven.parent_id, huidig.parent_id) is null
                    then coalesce(huidig.state, 'passed') else 'waiting' end
            )
            when gegeven.concerns or huidig.state = 'kept' then 'kept'
            else 'passed'
        end as state
    from gegeven
    left join etl.entity as huidig on huidig.entity_id = gegeven.id
),
anders as materialized (
    select
        gevonden.*,
        not known and state <> 'passed' and not deleted as is_new,
        known and old_state <> 'passed' and deleted and not old_deleted as is_withdrawn
    from gevonden
    where not coalesce(stale, false)
        and (
            not known
            or case
                when state = 'passed' then old_state <> 'passed'
                else (state, deleted, fields, refs, oddities, parent_id)
                    is distinct from (
                        old_state, old_deleted, old_fields, old_refs, old_oddities,
                        old_parent_id
                    )
            end
        )
        -- of a part of another subject not even the id is kept
        and not (
            state = 'passed' and not known and category not in ('Zaak', 'Document')
        )
),
weg as (
    delete from etl.entity
    where entity_id in (
        select id
        from anders
        where state = 'passed'
            and category not in ('Zaak', 'Document')
    )
),
geschreven as (
    insert into etl.entity as huidig (
        entity_id, category, parent_id, state, deleted, fields, refs, oddities,
        changed_at, first_seen_at, last_changed_at
    )
    select
        id, category, parent_id, state, deleted,
        case when state = 'passed' then '{}' else fields end,
        case when state = 'passed' then '{}' else refs end,
        case when state = 'passed' then '[]' else oddities end,
        changed_at, %(now)s, %(now)s
    from anders
    where state <> 'passed'
        or category in ('Zaak', 'Document')
    on conflict (entity_id) do update
    set
        category = excluded.category,
        parent_id = excluded.parent_id,
        state = excluded.state,
        deleted = excluded.deleted,
        fields = excluded.fields,
        refs = excluded.refs,
        oddities = excluded.oddities,
        changed_at = excluded.changed_at,
        last_changed_at = excluded.last_changed_at
),
te_lezen as (
    insert into etl.document_queue (identifier)
    select distinct document_id::text
    from anders
    cross join lateral unnest(
        case when category = 'Document' then array[id]
            else array[parent_id, old_parent_id] end
    ) as document_id
    where 'kept' in (state, old_state)
        and category in ('Document', 'DocumentVersie')
        and document_id is not null
    on conflict do nothing
),
wachtrij as (
    insert into etl.link_queue (kind, id)
    -- a part that moved concerns both wholes
    select distinct 'zaak', zaak_id::text
    from anders
    cross join lateral unnest(
        case when category = 'Zaak' then array[id]
            else array[parent_id, old_parent_id] end
    ) as zaak_id
    where 'kept' in (state, old_state)
        and category in ('Zaak', 'ZaakActor')
        and zaak_id is not null
    union all
    select distinct 'people', '*'
    from anders
    where state = 'kept'
        and category in ('Persoon', 'Fractie', 'FractieZetel', 'FractieZetelPersoon')
    on conflict do nothing
)
select
    (select count(*) from gegeven) as seen,
    count(*) filter (where is_new) as new,
    count(*) filter (where is_withdrawn) as withdrawn,
    count(*) filter (
        where known and not is_new and not is_withdrawn and state <> 'passed'
    ) as changed
from anders
