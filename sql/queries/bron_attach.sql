-- Archive a body once, whatever its addresses, and file it under its publication and
-- this address.
with put_bron as (
    insert into aanhangsel.bron (
        sha256, media_type, body, compressie, lengte, ontvangen_op
    )
    select
        %(sha256)s, %(media_type)s, %(body)b, %(compressie)s, %(lengte)s::bigint,
        %(fetched_at)s
    where not exists (
        select
        from aanhangsel.bron
        where sha256 = %(sha256)s
    )
    on conflict do nothing
)
insert into aanhangsel.publicatie_bron (
    publicatie_id, sha256, url_sha256, source, url, opgehaald_op
)
select
    %(publicatie_id)s, %(sha256)s, %(url_sha256)s, %(source)s, %(url)s, %(fetched_at)s
where not exists (
    select
    from aanhangsel.publicatie_bron
    where publicatie_id = %(publicatie_id)s
        and sha256 = %(sha256)s
        and url_sha256 = %(url_sha256)s
)
on conflict do nothing
