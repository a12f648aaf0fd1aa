-- Keep a record in quarantine, with growing patience; other content starts anew. Silence
-- says nothing of the document, so the next run asks again at once. Says when that is.
insert into etl.run_problem as huidig (
    run_id, source, identifier, url, sha256, code, explanation, attempts,
    first_seen_at, last_seen_at, next_try_at, parser, fingerprint, record
)
values (
    %(run_id)s, %(source)s, %(identifier)s, %(url)s, %(sha256)s, %(code)s,
    %(explanation)s, 1, %(now)s, %(now)s,
    %(now)s::timestamptz + case %(code)s
        when 'document_unreachable' then interval '0' else interval '1 hour'
    end,
    %(parser)s, %(fingerprint)s, %(record)s::jsonb
)
on conflict (source, identifier) where resolved_at is null do update
set
    run_id = excluded.run_id,
    url = excluded.url,
    sha256 = excluded.sha256,
    code = excluded.code,
    explanation = excluded.explanation,
    attempts = case
        when huidig.fingerprint = excluded.fingerprint then huidig.attempts + 1
        else 1
    end,
    last_seen_at = excluded.last_seen_at,
    next_try_at = excluded.last_seen_at + case
        when huidig.fingerprint <> excluded.fingerprint
            then excluded.next_try_at - excluded.last_seen_at
        else (array[
            interval '1 hour', interval '6 hours', interval '1 day', interval '3 days',
            interval '7 days', interval '30 days'
        ])[least(
            huidig.attempts + (excluded.code <> 'document_unreachable')::integer, 6
        )]
    end,
    parser = excluded.parser,
    fingerprint = excluded.fingerprint,
    record = excluded.record
returning next_try_at
