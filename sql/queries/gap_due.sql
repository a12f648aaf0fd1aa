-- Missing numbers whose turn it is, those that were never looked for first. Of a year
-- that is here nearly whole any; of these recent years only a few in a row between two
-- that are here, as the rest may be older than what is followed.
select
    hiaat.kamer,
    hiaat.vergaderjaar,
    hiaat.aanhangselnummer
from etl.number_range as nummering
cross join lateral unnest(nummering.gaten) as gat
join aanhangsel.hiaat as hiaat
    on hiaat.kamer = nummering.kamer
    and hiaat.vergaderjaar = nummering.vergaderjaar
    and gat @> hiaat.aanhangselnummer
left join etl.gap as gap
    on gap.kamer = hiaat.kamer
    and gap.vergaderjaar = hiaat.vergaderjaar
    and gap.aanhangselnummer = hiaat.aanhangselnummer
where (
        10 * nummering.aantal >= 9 * nummering.laatste
        or (
            nummering.vergaderjaar = any(%(vergaderjaren)s::text[])
            and lower(gat) > 1
            and upper(gat) - lower(gat) <= 10
        )
    )
    and (
        gap.next_try_at is null
        or gap.next_try_at <= %(now)s
        -- by a clock that was wrong: nothing waits for longer than 30 days
        or gap.next_try_at > %(now)s::timestamptz + interval '31 days'
    )
    -- what is in quarantine is tried again as such
    and not starts_with(hiaat.reden, 'in quarantaine')
order by
    gap.next_try_at nulls first,
    hiaat.vergaderjaar desc,
    hiaat.kamer desc,
    hiaat.aanhangselnummer desc
limit %(most)s
