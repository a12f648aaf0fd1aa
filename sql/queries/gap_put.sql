-- A number that was looked for in vain, with growing patience.
insert into etl.gap as huidig (
    kamer, vergaderjaar, aanhangselnummer, attempts, last_tried_at, next_try_at, reason
)
values (
    %(kamer)s, %(vergaderjaar)s, %(aanhangselnummer)s::integer, 1, %(now)s,
    %(now)s::timestamptz + interval '1 day', %(reason)s
)
on conflict (kamer, vergaderjaar, aanhangselnummer) do update
set
    attempts = huidig.attempts + 1,
    last_tried_at = excluded.last_tried_at,
    next_try_at = excluded.last_tried_at + (array[
        interval '1 day', interval '3 days', interval '7 days', interval '30 days'
    ])[least(huidig.attempts + 1, 4)],
    reason = excluded.reason
