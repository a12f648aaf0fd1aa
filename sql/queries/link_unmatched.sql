-- Those of these publications that no source gives a zaaknummer, with the zaken that
-- began on the day they were asked.
select
    publicatie.publicatie_id,
    publicatie.onderwerp,
    (
        select coalesce(jsonb_agg(jsonb_build_object(
            'naam', naam, 'fractie', fractie, 'fractie_code', fractie_code,
            'achternaam', achternaam, 'tussenvoegsel', tussenvoegsel
        ) order by volgorde), '[]')
        from aanhangsel.indiener
        where publicatie_id = publicatie.publicatie_id
    ) as indieners,
    coalesce(
        (
            select jsonb_agg(jsonb_build_object(
                'zaaknummer', zaak.zaaknummer,
                'onderwerp', zaak.onderwerp,
                'askers', (
                    select coalesce(
                        jsonb_agg(distinct actor.fields ->> 'actornaam'), '[]'
                    )
                    from etl.entity as actor
                    where actor.parent_id = zaak.tk_id
                        and actor.category = 'ZaakActor'
                        and actor.state = 'kept'
                        and not actor.deleted
                        and actor.fields ->> 'relatie' in ('Indiener', 'Medeindiener')
                        and actor.fields ->> 'actornaam' is not null
                )
            ) order by zaak.zaaknummer)
            from aanhangsel.zaak as zaak
            where zaak.gestart_op = publicatie.ingezonden
                and zaak.tk_id is not null
                and not zaak.ingetrokken
        ),
        '[]'
    ) as candidates
from aanhangsel.publicatie as publicatie
where publicatie.publicatie_id = any(%(ids)s::bigint[])
    and publicatie.ingezonden is not null
    and coalesce(publicatie.kamer, 'tk') = 'tk'
    and not exists (
        select
        from aanhangsel.publicatie_zaak as eigen
        where eigen.publicatie_id = publicatie.publicatie_id
            and eigen.bekend_door in ('vraagnummer', 'zaak')
    )
order by publicatie.publicatie_id
