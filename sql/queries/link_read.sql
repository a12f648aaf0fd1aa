-- What these publications print of persons, and whom the Tweede Kamer names with their
-- zaken. Their rows are locked.
with gevraagd as materialized (
    select
        publicatie_id,
        kamer,
        ingezonden,
        ontvangen
    from aanhangsel.publicatie
    where publicatie_id = any(%(ids)s::bigint[])
    order by publicatie_id
    for update
)
select
    gevraagd.publicatie_id,
    gevraagd.kamer,
    gevraagd.ontvangen,
    coalesce(
        gevraagd.ingezonden,
        (
            select case when count(distinct zaak.gestart_op) = 1
                then min(zaak.gestart_op) end
            from aanhangsel.publicatie_zaak as publicatie_zaak
            join aanhangsel.zaak as zaak
                on zaak.zaaknummer = publicatie_zaak.zaaknummer
            where publicatie_zaak.publicatie_id = gevraagd.publicatie_id
        )
    ) as dag,
    array(
        select distinct persoon.persoon_id
        from aanhangsel.publicatie_zaak as publicatie_zaak
        join aanhangsel.zaak as zaak
            on zaak.zaaknummer = publicatie_zaak.zaaknummer
        join etl.entity as actor
            on actor.parent_id = zaak.tk_id
            and actor.category = 'ZaakActor'
            and actor.state = 'kept'
            and not actor.deleted
            and actor.fields ->> 'relatie' in ('Indiener', 'Medeindiener')
        join aanhangsel.persoon as persoon
            on persoon.tk_id = (actor.refs -> 'persoon' ->> 0)::uuid
        where publicatie_zaak.publicatie_id = gevraagd.publicatie_id
        order by persoon.persoon_id
    ) as actoren,
    (
        select coalesce(jsonb_agg(jsonb_build_object(
            'volgorde', volgorde, 'naam', naam, 'fractie', fractie,
            'fractie_code', fractie_code, 'achternaam', achternaam,
            'tussenvoegsel', tussenvoegsel
        ) order by volgorde), '[]')
        from aanhangsel.indiener
        where publicatie_id = gevraagd.publicatie_id
    ) as indieners,
    (
        select coalesce(jsonb_agg(jsonb_build_object(
            'volgorde', volgorde, 'naam', naam, 'functie', functie,
            'ministerie', ministerie, 'rol', rol, 'ministerie_code', ministerie_code,
            'achternaam', achternaam, 'tussenvoegsel', tussenvoegsel
        ) order by volgorde), '[]')
        from aanhangsel.bewindspersoon
        where publicatie_id = gevraagd.publicatie_id
            and rol <> 'gericht aan'
    ) as bewindspersonen
from gevraagd
order by gevraagd.publicatie_id
