-- The zaken that askers, day and subject point to: these and no others.
with gegeven as materialized (
    select x.*
    from jsonb_to_recordset(%(matches)s::jsonb) as x (
        publicatie_id bigint, zaaknummer text
    )
),
weg as (
    delete from aanhangsel.publicatie_zaak as huidig
    where huidig.publicatie_id = any(%(ids)s::bigint[])
        and huidig.bekend_door = 'vragers, dag en onderwerp'
        and not exists (
            select
            from gegeven
            where gegeven.publicatie_id = huidig.publicatie_id
                and gegeven.zaaknummer = huidig.zaaknummer
        )
)
insert into aanhangsel.publicatie_zaak as huidig (
    publicatie_id, zaaknummer, rol, bekend_door
)
select
    gegeven.publicatie_id,
    gegeven.zaaknummer,
    publicatie.soort,
    'vragers, dag en onderwerp'
from gegeven
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = gegeven.publicatie_id
on conflict (publicatie_id, zaaknummer) do update
set rol = excluded.rol
where huidig.rol <> excluded.rol
