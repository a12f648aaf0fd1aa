-- All rows below a new publication, from one JSON object. It says again what
-- inhoud_replace does, without looking for what cannot be there yet.
with gegeven as materialized (
    select %(inhoud)s::jsonb as inhoud
),
resolve as (
    -- references of others that waited for this number
    update aanhangsel.verwijzing
    set doel_publicatie_id = %(publicatie_id)s
    where doel_identifier = %(doel_identifier)s
        and doel_publicatie_id is null
),
put_indiener as (
    insert into aanhangsel.indiener (publicatie_id, volgorde, naam, fractie)
    select %(publicatie_id)s, volgorde, naam, fractie
    from gegeven, jsonb_to_recordset(inhoud -> 'indiener') as x (
        volgorde integer, naam text, fractie text
    )
),
put_bewindspersoon as (
    insert into aanhangsel.bewindspersoon (
        publicatie_id, volgorde, rol, naam, functie, ministerie, ministerie_code
    )
    select %(publicatie_id)s, volgorde, rol, naam, functie, ministerie, ministerie_code
    from gegeven, jsonb_to_recordset(inhoud -> 'bewindspersoon') as x (
        volgorde integer, rol text, naam text, functie text, ministerie text,
        ministerie_code text
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
    insert into aanhangsel.noot (publicatie_id, volgorde, nummer, tekst, urls)
    select %(publicatie_id)s, volgorde, nummer, tekst, urls
    from gegeven, jsonb_to_recordset(inhoud -> 'noot') as x (
        volgorde integer, nummer text, tekst text, urls text[]
    )
),
put_verwijzing as (
    insert into aanhangsel.verwijzing (
        publicatie_id, volgorde, soort, tekst, doel_identifier, doel_publicatie_id
    )
    select
        %(publicatie_id)s,
        x.volgorde,
        x.soort,
        x.tekst,
        x.doel_identifier,
        (
            select doel.publicatie_id
            from aanhangsel.publicatie as doel
            where doel.kamer = x.kamer
                and doel.vergaderjaar = x.vergaderjaar
                and doel.aanhangselnummer = x.aanhangselnummer
                and doel.toevoeging = ''
        )
    from gegeven, jsonb_to_recordset(inhoud -> 'verwijzing') as x (
        volgorde integer, soort text, tekst text, doel_identifier text, kamer text,
        vergaderjaar text, aanhangselnummer integer
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
    select distinct zaaknummer
    from gegeven, jsonb_array_elements_text(inhoud -> 'zaak') as x (zaaknummer)
    on conflict do nothing
)
insert into aanhangsel.publicatie_zaak (publicatie_id, zaaknummer, rol, bekend_door)
select distinct %(publicatie_id)s::bigint, zaaknummer, %(soort)s, 'vraagnummer'
from gegeven, jsonb_array_elements_text(inhoud -> 'zaak') as x (zaaknummer)
