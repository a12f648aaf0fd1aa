-- What belongs to one zaak though it does not print the number: what the publication of
-- the questions names (kv), and a notice of delay that its answer points to (zie ook).
-- And zaken that say they add to an earlier one. For these publications, on either end.
with gegeven as materialized (
    select unnest(%(ids)s::bigint[]) as publicatie_id
),
geraakt as materialized (
    select publicatie_id
    from gegeven
    union
    select ander.publicatie_id
    from gegeven
    join aanhangsel.publicatie_zaak as eigen
        on eigen.publicatie_id = gegeven.publicatie_id
    join aanhangsel.publicatie_zaak as ander
        on ander.zaaknummer = eigen.zaaknummer
),
namen as materialized (
    select identifier
    from aanhangsel.publicatie
    where publicatie_id in (select publicatie_id from geraakt)
        and identifier is not null
    union all
    select identifier
    from aanhangsel.publicatie_alias
    where publicatie_id in (select publicatie_id from geraakt)
),
vragend as materialized (
    -- the question publication is one of these, or what it names is; each by its index
    select publicatie_id
    from geraakt
    union
    select publicatie_id
    from aanhangsel.publicatie
    where metadata ? 'aanhangsels'
        and metadata -> 'aanhangsels' ?| array(select identifier from namen)
),
kv as (
    select
        doel.publicatie_id,
        eigen.zaaknummer,
        doel.soort as rol,
        'kv' as bekend_door
    from vragend
    join aanhangsel.publicatie as vraag
        on vraag.publicatie_id = vragend.publicatie_id
    cross join lateral jsonb_array_elements_text(vraag.metadata -> 'aanhangsels')
        as genoemd (identifier)
    join aanhangsel.publicatie_zaak as eigen
        on eigen.publicatie_id = vraag.publicatie_id
        and eigen.bekend_door in ('vraagnummer', 'zaak')
    join aanhangsel.publicatie as doel
        on doel.publicatie_id = coalesce(
            (
                select zelf.publicatie_id
                from aanhangsel.publicatie as zelf
                where zelf.identifier = genoemd.identifier
            ),
            (
                select alias.publicatie_id
                from aanhangsel.publicatie_alias as alias
                where alias.identifier = genoemd.identifier
            )
        )
    where vraag.metadata ? 'aanhangsels'
        and vraag.soort = 'vraag'
        and vraag.status <> 'ingetrokken'
),
verwezen as materialized (
    -- from one of these or to one of these; each by its index
    select
        verwijzing.publicatie_id,
        verwijzing.doel_publicatie_id
    from geraakt
    join aanhangsel.verwijzing as verwijzing
        on verwijzing.publicatie_id = geraakt.publicatie_id
    where verwijzing.soort = 'zie ook'
    union
    select
        verwijzing.publicatie_id,
        verwijzing.doel_publicatie_id
    from geraakt
    join aanhangsel.verwijzing as verwijzing
        on verwijzing.doel_publicatie_id = geraakt.publicatie_id
    where verwijzing.soort = 'zie ook'
),
zie_ook as (
    -- the same day of asking shows that it is the same set of questions
    select
        uitstel.publicatie_id,
        eigen.zaaknummer,
        uitstel.soort as rol,
        'zie ook' as bekend_door
    from verwezen
    join aanhangsel.publicatie as antwoord
        on antwoord.publicatie_id = verwezen.publicatie_id
    join aanhangsel.publicatie as uitstel
        on uitstel.publicatie_id = verwezen.doel_publicatie_id
    join aanhangsel.publicatie_zaak as eigen
        on eigen.publicatie_id = antwoord.publicatie_id
        and eigen.bekend_door in ('vraagnummer', 'zaak')
    where antwoord.soort in ('antwoord', 'mededeling', 'uitstel')
        and uitstel.soort = 'uitstel'
        and antwoord.status <> 'ingetrokken'
        and antwoord.ingezonden = uitstel.ingezonden
        and not exists (
            select
            from aanhangsel.publicatie_zaak as van_uitstel
            where van_uitstel.publicatie_id = uitstel.publicatie_id
                and van_uitstel.bekend_door in ('vraagnummer', 'zaak')
        )
),
hoort as materialized (
    select distinct on (publicatie_id, zaaknummer)
        publicatie_id, zaaknummer, rol, bekend_door
    from (
        select * from kv
        union all
        select * from zie_ook
    ) as beide
    where not exists (
        select
        from aanhangsel.publicatie_zaak as zelf
        where zelf.publicatie_id = beide.publicatie_id
            and zelf.zaaknummer = beide.zaaknummer
            and zelf.bekend_door in ('vraagnummer', 'zaak')
    )
    order by publicatie_id, zaaknummer, bekend_door
),
erbij as (
    insert into aanhangsel.publicatie_zaak as huidig (
        publicatie_id, zaaknummer, rol, bekend_door
    )
    select publicatie_id, zaaknummer, rol, bekend_door
    from hoort
    on conflict (publicatie_id, zaaknummer) do update
    set
        rol = excluded.rol,
        bekend_door = excluded.bekend_door
    where (huidig.rol, huidig.bekend_door)
        is distinct from (excluded.rol, excluded.bekend_door)
),
eraf as (
    -- those of these publications that nothing shows any more
    delete from aanhangsel.publicatie_zaak as huidig
    where huidig.publicatie_id in (select publicatie_id from geraakt)
        and huidig.bekend_door in ('kv', 'zie ook')
        and not exists (
            select
            from hoort
            where hoort.publicatie_id = huidig.publicatie_id
                and hoort.zaaknummer = huidig.zaaknummer
        )
),
zaken as materialized (
    select distinct eigen.zaaknummer
    from gegeven
    join aanhangsel.publicatie_zaak as eigen
        on eigen.publicatie_id = gegeven.publicatie_id
        and eigen.bekend_door in ('vraagnummer', 'zaak')
),
aanvulling as materialized (
    -- whatever publication of the zaak says so
    select distinct
        zaken.zaaknummer,
        verwijzing.doel_identifier as ander_zaaknummer
    from zaken
    join aanhangsel.publicatie_zaak as eigen
        on eigen.zaaknummer = zaken.zaaknummer
        and eigen.bekend_door in ('vraagnummer', 'zaak')
    join aanhangsel.verwijzing as verwijzing
        on verwijzing.publicatie_id = eigen.publicatie_id
        and verwijzing.soort = 'aanvulling op'
        and verwijzing.doel_identifier ~ '^[0-9]{4}Z[0-9]{4,6}$'
    where zaken.zaaknummer <> verwijzing.doel_identifier
),
niet_meer as (
    -- a reprint may no longer say so
    delete from aanhangsel.zaak_verband as huidig
    using zaken
    where huidig.zaaknummer = zaken.zaaknummer
        and huidig.bekend_door = 'toelichting'
        and not exists (
            select
            from aanvulling
            where aanvulling.zaaknummer = huidig.zaaknummer
                and aanvulling.ander_zaaknummer = huidig.ander_zaaknummer
        )
)
insert into aanhangsel.zaak_verband (zaaknummer, ander_zaaknummer, soort, bekend_door)
select zaaknummer, ander_zaaknummer, 'aanvulling op', 'toelichting'
from aanvulling
on conflict do nothing
