-- Archive a body once, whatever its addresses.
insert into aanhangsel.bron (
    sha256, media_type, body, compressie, lengte, ontvangen_op
)
select
    %(sha256)s, %(media_type)s, %(body)b, %(compressie)s, %(lengte)s, %(fetched_at)s
where not exists (
    select
    from aanhangsel.bron
    where sha256 = %(sha256)s
)
on conflict do nothing
