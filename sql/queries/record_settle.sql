-- Remember a record as processed and resolve its problem. Equal is left alone, but for
-- a copy that is newer than the day of the change, which ends the doubt about it.
with onthouden as (
    insert into etl.record as huidig (
        source, identifier, fingerprint, fetched_at, validators, parser
    )
    values (
        %(source)s, %(identifier)s, %(fingerprint)s, %(fetched_at)s,
        %(validators)s::jsonb, %(parser)s
    )
    on conflict (source, identifier) do update
    set
        fingerprint = excluded.fingerprint,
        fetched_at = excluded.fetched_at,
        validators = huidig.validators || excluded.validators,
        parser = excluded.parser
    where huidig.fingerprint <> excluded.fingerprint
        or huidig.parser <> excluded.parser
        or not huidig.validators @> excluded.validators
        or (
            (huidig.fetched_at at time zone 'UTC')::date <= %(changed_on)s::date
            and excluded.fetched_at > huidig.fetched_at
        )
),
gelezen as (
    delete from etl.document_queue
    where identifier = %(identifier)s
)
update etl.run_problem
set resolved_at = %(now)s
where source = %(source)s
    and identifier = %(identifier)s
    and resolved_at is null
