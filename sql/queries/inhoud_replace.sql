-- All rows below a publication, from one JSON object: what differs is written, what is
-- equal is left alone, what is surplus goes. Keys stay, so ids stay.
with gegeven as materialized (
    select %(inhoud)s::jsonb as inhoud
),
nieuwe_indiener as (
    select x.*
    from gegeven, jsonb_to_recordset(inhoud -> 'indiener') as x (
        volgorde integer, naam text, fractie text, fractie_code text, achternaam text,
        tussenvoegsel text
    )
),
put_indiener as (
    insert into aanhangsel.indiener as huidig (
        publicatie_id, volgorde, naam, fractie, fractie_code, achternaam, tussenvoegsel
    )
    select
        %(publicatie_id)s, volgorde, naam, fractie, fractie_code, achternaam,
        tussenvoegsel
    from nieuwe_indiener
    on conflict (publicatie_id, volgorde) do update
    set
        naam = excluded.naam,
        fractie = excluded.fractie,
        fractie_code = excluded.fractie_code,
        achternaam = excluded.achternaam,
        tussenvoegsel = excluded.tussenvoegsel,
        persoon_id = null,
        fractie_op_datum = null,
        bekend_door = null
    where (
        huidig.naam, huidig.fractie, huidig.fractie_code, huidig.achternaam,
        huidig.tussenvoegsel
    ) is distinct from (
        excluded.naam, excluded.fractie, excluded.fractie_code, excluded.achternaam,
        excluded.tussenvoegsel
    )
),
cut_indiener as (
    delete from aanhangsel.indiener
    where publicatie_id = %(publicatie_id)s
        and volgorde > (select count(*) from nieuwe_indiener)
),
nieuwe_bewindspersoon as (
    select x.*
    from gegeven, jsonb_to_recordset(inhoud -> 'bewindspersoon') as x (
        volgorde integer, rol text, naam text, functie text, ministerie text,
        ministerie_code text, achternaam text, tussenvoegsel text
    )
),
put_bewindspersoon as (
    insert into aanhangsel.bewindspersoon as huidig (
        publicatie_id, volgorde, rol, naam, functie, ministerie, ministerie_code,
        achternaam, tussenvoegsel
    )
    select
        %(publicatie_id)s, volgorde, rol, naam, functie, ministerie, ministerie_code,
        achternaam, tussenvoegsel
    from nieuwe_bewindspersoon
    on conflict (publicatie_id, volgorde) do update
    set
        rol = excluded.rol,
        naam = excluded.naam,
        functie = excluded.functie,
        ministerie = excluded.ministerie,
        ministerie_code = excluded.ministerie_code,
        achternaam = excluded.achternaam,
        tussenvoegsel = excluded.tussenvoegsel,
        -- that of whoever stood in this place; who stands here now is linked anew
        ambtsperiode_id = null
    where (
        huidig.rol, huidig.naam, huidig.functie, huidig.ministerie,
        huidig.ministerie_code, huidig.achternaam, huidig.tussenvoegsel
    ) is distinct from (
        excluded.rol, excluded.naam, excluded.functie, excluded.ministerie,
        excluded.ministerie_code, excluded.achternaam, excluded.tussenvoegsel
    )
),
cut_bewindspersoon as (
    delete from aanhangsel.bewindspersoon
    where publicatie_id = %(publicatie_id)s
        and volgorde > (select count(*) from nieuwe_bewindspersoon)
),
nieuwe_vraag as (
    select x.*
    from gegeven, jsonb_to_recordset(inhoud -> 'vraag') as x (
        volgorde integer, label text, nummers text[], tekst text
    )
),
put_vraag as (
    insert into aanhangsel.vraag as huidig (
        publicatie_id, volgorde, label, nummers, tekst
    )
    select %(publicatie_id)s, volgorde, label, nummers, tekst
    from nieuwe_vraag
    order by volgorde
    on conflict (publicatie_id, volgorde) do update
    set
        label = excluded.label,
        nummers = excluded.nummers,
        tekst = excluded.tekst
    where (
        huidig.label, huidig.nummers, huidig.tekst
    ) is distinct from (
        excluded.label, excluded.nummers, excluded.tekst
    )
),
cut_vraag as (
    delete from aanhangsel.vraag
    where publicatie_id = %(publicatie_id)s
        and volgorde > (select count(*) from nieuwe_vraag)
),
nieuw_antwoord as (
    select x.*
    from gegeven, jsonb_to_recordset(inhoud -> 'antwoord') as x (
        volgorde integer, label text, nummers text[], tekst text
    )
),
put_antwoord as (
    insert into aanhangsel.antwoord as huidig (
        publicatie_id, volgorde, label, nummers, tekst
    )
    select %(publicatie_id)s, volgorde, label, nummers, tekst
    from nieuw_antwoord
    order by volgorde
    on conflict (publicatie_id, volgorde) do update
    set
        label = excluded.label,
        nummers = excluded.nummers,
        tekst = excluded.tekst
    where (
        huidig.label, huidig.nummers, huidig.tekst
    ) is distinct from (
        excluded.label, excluded.nummers, excluded.tekst
    )
),
cut_antwoord as (
    delete from aanhangsel.antwoord
    where publicatie_id = %(publicatie_id)s
        and volgorde > (select count(*) from nieuw_antwoord)
),
nieuwe_noot as (
    select x.*
    from gegeven, jsonb_to_recordset(inhoud -> 'noot') as x (
        volgorde integer, nummer text, tekst text, urls text[], deel text,
        deel_volgorde integer
    )
),
put_noot as (
    insert into aanhangsel.noot as huidig (
        publicatie_id, volgorde, nummer, tekst, urls, deel, deel_volgorde
    )
    select %(publicatie_id)s, volgorde, nummer, tekst, urls, deel, deel_volgorde
    from nieuwe_noot
    on conflict (publicatie_id, volgorde) do update
    set
        nummer = excluded.nummer,
        tekst = excluded.tekst,
        urls = excluded.urls,
        deel = excluded.deel,
        deel_volgorde = excluded.deel_volgorde
    where (
        huidig.nummer, huidig.tekst, huidig.urls, huidig.deel, huidig.deel_volgorde
    ) is distinct from (
        excluded.nummer, excluded.tekst, excluded.urls, excluded.deel,
        excluded.deel_volgorde
    )
),
cut_noot as (
    delete from aanhangsel.noot
    where publicatie_id = %(publicatie_id)s
        and volgorde > (select count(*) from nieuwe_noot)
),
nieuwe_bijlage as (
    select x.*
    from gegeven, jsonb_to_recordset(inhoud -> 'bijlage') as x (
        volgorde integer, label text, tekst text
    )
),
put_bijlage as (
    insert into aanhangsel.bijlage as huidig (publicatie_id, volgorde, label, tekst)
    select %(publicatie_id)s, volgorde, label, tekst
    from nieuwe_bijlage
    on conflict (publicatie_id, volgorde) do update
    set
        label = excluded.label,
        tekst = excluded.tekst
    where (huidig.label, huidig.tekst) is distinct from (excluded.label, excluded.tekst)
),
cut_bijlage as (
    delete from aanhangsel.bijlage
    where publicatie_id = %(publicatie_id)s
        and volgorde > (select count(*) from nieuwe_bijlage)
),
nieuwe_verwijzing as (
    select x.*
    from gegeven, jsonb_to_recordset(inhoud -> 'verwijzing') as x (
        volgorde integer, soort text, tekst text, doel_identifier text, deel text,
        deel_volgorde integer
    )
),
put_verwijzing as (
    insert into aanhangsel.verwijzing as huidig (
        publicatie_id, volgorde, soort, tekst, doel_identifier, deel, deel_volgorde
    )
    select
        %(publicatie_id)s, volgorde, soort, tekst, doel_identifier, deel, deel_volgorde
    from nieuwe_verwijzing
    on conflict (publicatie_id, volgorde) do update
    set
        soort = excluded.soort,
        tekst = excluded.tekst,
        doel_identifier = excluded.doel_identifier,
        -- verwijzing_resolve finds the new one
        doel_publicatie_id = case
            when huidig.doel_identifier = excluded.doel_identifier
            then huidig.doel_publicatie_id
        end,
        deel = excluded.deel,
        deel_volgorde = excluded.deel_volgorde
    where (
        huidig.soort, huidig.tekst, huidig.doel_identifier, huidig.deel,
        huidig.deel_volgorde
    ) is distinct from (
        excluded.soort, excluded.tekst, excluded.doel_identifier, excluded.deel,
        excluded.deel_volgorde
    )
),
cut_verwijzing as (
    delete from aanhangsel.verwijzing
    where publicatie_id = %(publicatie_id)s
        and volgorde > (select count(*) from nieuwe_verwijzing)
),
nieuw_signaal as (
    select x.*
    from gegeven, jsonb_to_recordset(inhoud -> 'signaal') as x (
        volgorde integer, code text, uitleg text
    )
),
put_signaal as (
    insert into aanhangsel.signaal as huidig (
        publicatie_id, volgorde, code, uitleg
    )
    select %(publicatie_id)s, volgorde, code, uitleg
    from nieuw_signaal
    on conflict (publicatie_id, volgorde) do update
    set
        code = excluded.code,
        uitleg = excluded.uitleg
    where (
        huidig.code, huidig.uitleg
    ) is distinct from (
        excluded.code, excluded.uitleg
    )
),
nieuwe_zaak as (
    select zaaknummer, bekend_door
    from gegeven, jsonb_to_recordset(inhoud -> 'zaak') as x (
        zaaknummer text, bekend_door text
    )
),
put_zaak as (
    insert into aanhangsel.zaak (zaaknummer)
    select zaaknummer
    from nieuwe_zaak
    on conflict do nothing
),
put_publicatie_zaak as (
    insert into aanhangsel.publicatie_zaak as huidig (
        publicatie_id, zaaknummer, rol, bekend_door
    )
    select %(publicatie_id)s, zaaknummer, %(soort)s, bekend_door
    from nieuwe_zaak
    on conflict (publicatie_id, zaaknummer) do update
    set
        rol = excluded.rol,
        bekend_door = excluded.bekend_door
    where (huidig.rol, huidig.bekend_door)
        is distinct from (excluded.rol, excluded.bekend_door)
),
cut_publicatie_zaak as (
    delete from aanhangsel.publicatie_zaak
    where publicatie_id = %(publicatie_id)s
        and bekend_door in ('vraagnummer', 'zaak')
        and zaaknummer not in (select zaaknummer from nieuwe_zaak)
    returning zaaknummer
),
cut_verband as (
    -- what only this one may have said of a zaak that it is no longer of
    delete from aanhangsel.zaak_verband as huidig
    using cut_publicatie_zaak
    where huidig.zaaknummer = cut_publicatie_zaak.zaaknummer
        and huidig.bekend_door = 'toelichting'
),
put_link as (
    -- with it those that it may have brought into the zaak, or that say the same
    insert into etl.link_queue (kind, id)
    select 'publicatie', %(publicatie_id)s::text
    union
    select 'publicatie', ander.publicatie_id::text
    from cut_publicatie_zaak
    join aanhangsel.publicatie_zaak as ander
        on ander.zaaknummer = cut_publicatie_zaak.zaaknummer
    on conflict do nothing
)
delete from aanhangsel.signaal
where publicatie_id = %(publicatie_id)s
    and volgorde > (select count(*) from nieuw_signaal)
    -- those from 1001 came of joining it with the rest
    and volgorde <= 1000
