-- All rows below a new publication, from one JSON object. It says again what
-- inhoud_replace does, without looking for what cannot be there yet.
with gegeven as materialized (
    select %(inhoud)s::jsonb as inhoud
),
put_indiener as (
    insert into aanhangsel.indiener (
        publicatie_id, volgorde, naam, fractie, fractie_code, achternaam, tussenvoegsel
    )
    select
        %(publicatie_id)s, volgorde, naam, fractie, fractie_code, achternaam,
        tussenvoegsel
    from gegeven, jsonb_to_recordset(inhoud -> 'indiener') as x (
        volgorde integer, naam text, fractie text, fractie_code text, achternaam text,
        tussenvoegsel text
    )
),
put_bewindspersoon as (
    insert into aanhangsel.bewindspersoon (
        publicatie_id, volgorde, rol, naam, functie, ministerie, ministerie_code,
        achternaam, tussenvoegsel
    )
    select
        %(publicatie_id)s, volgorde, rol, naam, functie, ministerie, ministerie_code,
        achternaam, tussenvoegsel
    from gegeven, jsonb_to_recordset(inhoud -> 'bewindspersoon') as x (
        volgorde integer, rol text, naam text, functie text, ministerie text,
        ministerie_code text, achternaam text, tussenvoegsel text
    )
),
put_vraag as (
    insert into aanhangsel.vraag (publicatie_id, volgorde, label, nummers, tekst)
    select %(publicatie_id)s, volgorde, label, nummers, tekst
    from gegeven, jsonb_to_recordset(inhoud -> 'vraag') as x (
        volgorde integer, label text, nummers text[], tekst text
    )
    order by volgorde
),
put_antwoord as (
    insert into aanhangsel.antwoord (publicatie_id, volgorde, label, nummers, tekst)
    select %(publicatie_id)s, volgorde, label, nummers, tekst
    from gegeven, jsonb_to_recordset(inhoud -> 'antwoord') as x (
        volgorde integer, label text, nummers text[], tekst text
    )
    order by volgorde
),
put_noot as (
    insert into aanhangsel.noot (
        publicatie_id, volgorde, nummer, tekst, urls, deel, deel_volgorde
    )
    select %(publicatie_id)s, volgorde, nummer, tekst, urls, deel, deel_volgorde
    from gegeven, jsonb_to_recordset(inhoud -> 'noot') as x (
        volgorde integer, nummer text, tekst text, urls text[], deel text,
        deel_volgorde integer
    )
),
put_bijlage as (
    insert into aanhangsel.bijlage (publicatie_id, volgorde, label, tekst)
    select %(publicatie_id)s, volgorde, label, tekst
    from gegeven, jsonb_to_recordset(inhoud -> 'bijlage') as x (
        volgorde integer, label text, tekst text
    )
),
put_verwijzing as (
    insert into aanhangsel.verwijzing (
        publicatie_id, volgorde, soort, tekst, doel_identifier, deel, deel_volgorde
    )
    select
        %(publicatie_id)s, volgorde, soort, tekst, doel_identifier, deel, deel_volgorde
    from gegeven, jsonb_to_recordset(inhoud -> 'verwijzing') as x (
        volgorde integer, soort text, tekst text, doel_identifier text, deel text,
        deel_volgorde integer
    )
),
put_signaal as (
    insert into aanhangsel.signaal (publicatie_id, volgorde, code, uitleg)
    select %(publicatie_id)s, volgorde, code, uitleg
    from gegeven, jsonb_to_recordset(inhoud -> 'signaal') as x (
        volgorde integer, code text, uitleg text
    )
),
put_zaak as (
    insert into aanhangsel.zaak (zaaknummer)
    select zaaknummer
    from gegeven, jsonb_to_recordset(inhoud -> 'zaak') as x (
        zaaknummer text, bekend_door text
    )
    on conflict do nothing
),
put_link as (
    insert into etl.link_queue (kind, id)
    values ('publicatie', %(publicatie_id)s::text)
    on conflict do nothing
)
insert into aanhangsel.publicatie_zaak (publicatie_id, zaaknummer, rol, bekend_door)
select %(publicatie_id)s::bigint, zaaknummer, %(soort)s, bekend_door
from gegeven, jsonb_to_recordset(inhoud -> 'zaak') as x (
    zaaknummer text, bekend_door text
)
