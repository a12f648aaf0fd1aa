-- Who the printed persons are, and what came up while finding out. Equal is left alone.
with gegeven as materialized (
    select %(linked)s::jsonb as linked
),
personen as (
    update aanhangsel.indiener as huidig
    set
        persoon_id = x.persoon_id,
        fractie_op_datum = x.fractie_op_datum,
        bekend_door = x.bekend_door
    from gegeven, jsonb_to_recordset(linked -> 'indieners') as x (
        publicatie_id bigint, volgorde integer, persoon_id bigint,
        fractie_op_datum text, bekend_door text
    )
    where huidig.publicatie_id = x.publicatie_id
        and huidig.volgorde = x.volgorde
        and (huidig.persoon_id, huidig.fractie_op_datum, huidig.bekend_door)
            is distinct from (x.persoon_id, x.fractie_op_datum, x.bekend_door)
),
ambten as (
    update aanhangsel.bewindspersoon as huidig
    set ambtsperiode_id = x.ambtsperiode_id
    from gegeven, jsonb_to_recordset(linked -> 'bewindspersonen') as x (
        publicatie_id bigint, volgorde integer, ambtsperiode_id integer
    )
    where huidig.publicatie_id = x.publicatie_id
        and huidig.volgorde = x.volgorde
        and huidig.ambtsperiode_id is distinct from x.ambtsperiode_id
),
nieuw as materialized (
    select x.*
    from gegeven, jsonb_to_recordset(linked -> 'signalen') as x (
        publicatie_id bigint, volgorde integer, code text, uitleg text
    )
),
signalen as (
    insert into aanhangsel.signaal as huidig (publicatie_id, volgorde, code, uitleg)
    select publicatie_id, volgorde, code, uitleg
    from nieuw
    on conflict (publicatie_id, volgorde) do update
    set
        code = excluded.code,
        uitleg = excluded.uitleg
    where (huidig.code, huidig.uitleg) is distinct from (excluded.code, excluded.uitleg)
)
delete from aanhangsel.signaal as huidig
where huidig.publicatie_id = any(%(ids)s::bigint[])
    and huidig.volgorde > 1000
    and not exists (
        select
        from nieuw
        where nieuw.publicatie_id = huidig.publicatie_id
            and nieuw.volgorde = huidig.volgorde
    )
