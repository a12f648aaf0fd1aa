-- One publication turns out to be two rows here: what belongs to the other one moves
-- to the one that stays.
with bronnen as (
    insert into aanhangsel.publicatie_bron (
        publicatie_id, sha256, url_sha256, source, url, opgehaald_op
    )
    select %(publicatie_id)s, sha256, url_sha256, source, url, opgehaald_op
    from aanhangsel.publicatie_bron
    where publicatie_id = %(other_id)s
    on conflict do nothing
),
namen as (
    update aanhangsel.publicatie_alias
    set publicatie_id = %(publicatie_id)s
    where publicatie_id = %(other_id)s
),
eigen as (
    insert into aanhangsel.publicatie_alias (identifier, publicatie_id, eerst_gezien)
    select identifier, %(publicatie_id)s, %(now)s
    from aanhangsel.publicatie
    where publicatie_id = %(other_id)s
        and identifier is not null
    on conflict do nothing
),
versies as (
    update aanhangsel.publicatie_versie
    set
        publicatie_id = %(publicatie_id)s,
        versie = versie + (
            select coalesce(max(versie), 0)
            from aanhangsel.publicatie_versie
            where publicatie_id = %(publicatie_id)s
        )
    where publicatie_id = %(other_id)s
)
update aanhangsel.verwijzing
set doel_publicatie_id = %(publicatie_id)s
where doel_publicatie_id = %(other_id)s
