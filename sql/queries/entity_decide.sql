-- The documents of an uncertain kind that waited for one of these zaken: kept with it,
-- or let go once none is left to wait for. Says which; their parts follow them.
with wachtend as materialized (
    select
        document.entity_id,
        (
            select bool_or(zaak.state = 'kept')
            from jsonb_array_elements_text(document.refs -> 'zaak') as ref (zaak_id)
            join etl.entity as zaak on zaak.entity_id = ref.zaak_id::uuid
        ) as concerns,
        exists (
            select
            from jsonb_array_elements_text(document.refs -> 'zaak') as ref (zaak_id)
            left join etl.entity as zaak on zaak.entity_id = ref.zaak_id::uuid
            where coalesce(zaak.state, 'waiting') = 'waiting'
        ) as waits
    from etl.entity as document
    where document.category = 'Document'
        and document.state = 'waiting'
        and document.refs ? 'zaak'
        and document.refs -> 'zaak' ?| %(ids)s::text[]
),
beslist as materialized (
    select
        entity_id,
        coalesce(concerns, false) as concerns
    from wachtend
    where concerns
        or not waits
),
te_lezen as (
    insert into etl.document_queue (identifier)
    select entity_id::text
    from beslist
    where concerns
    on conflict do nothing
)
update etl.entity as document
set
    state = case when beslist.concerns then 'kept' else 'passed' end,
    fields = case when beslist.concerns then document.fields else '{}' end,
    refs = case when beslist.concerns then document.refs else '{}' end,
    oddities = case when beslist.concerns then document.oddities else '[]' end,
    last_changed_at = %(now)s
from beslist
where document.entity_id = beslist.entity_id
returning document.entity_id::text as id
