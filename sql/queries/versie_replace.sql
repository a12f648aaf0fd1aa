-- Close the version that holds now, with its content from the tables as they stand,
-- and open the next one.
with huidig as (
    select
        publicatie.*,
        versie.versie
    from aanhangsel.publicatie as publicatie
    join aanhangsel.publicatie_versie as versie
        on versie.publicatie_id = publicatie.publicatie_id
        and versie.geldig_tot is null
    where publicatie.publicatie_id = %(publicatie_id)s
),
gesloten as (
    update aanhangsel.publicatie_versie as versie
    set
        geldig_tot = greatest(%(now)s, versie.geldig_van),
        inhoud = jsonb_build_object(
            'identifier', huidig.identifier,
            'kamer', huidig.kamer,
            'vergaderjaar', huidig.vergaderjaar,
            'aanhangselnummer', huidig.aanhangselnummer,
            'toevoeging', huidig.toevoeging,
            'zaaknummers', (
                select coalesce(jsonb_agg(zaaknummer order by zaaknummer), '[]')
                from aanhangsel.publicatie_zaak
                where publicatie_id = huidig.publicatie_id
            ),
            'soort', huidig.soort,
            'onderwerp', huidig.onderwerp,
            'titel', huidig.titel,
            'ingezonden', huidig.ingezonden,
            'ontvangen', huidig.ontvangen,
            'gepubliceerd', huidig.gepubliceerd,
            'mededeling', huidig.mededeling,
            'toelichting', huidig.toelichting,
            'reden_uitstel', huidig.reden_uitstel,
            'status', huidig.status,
            'formaat', huidig.formaat,
            'dekking', huidig.dekking,
            'parser', huidig.parser,
            'metadata', huidig.metadata,
            'indieners', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'naam', naam, 'fractie', fractie, 'fractie_code', fractie_code,
                    'achternaam', achternaam, 'tussenvoegsel', tussenvoegsel
                ) order by volgorde), '[]')
                from aanhangsel.indiener
                where publicatie_id = huidig.publicatie_id
            ),
            'gericht_aan', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'functie', functie, 'ministerie', ministerie,
                    'ministerie_code', ministerie_code
                ) order by volgorde), '[]')
                from aanhangsel.bewindspersoon
                where publicatie_id = huidig.publicatie_id
                    and rol = 'gericht aan'
            ),
            'bewindspersonen', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'naam', naam, 'functie', functie, 'ministerie', ministerie,
                    'rol', rol, 'ministerie_code', ministerie_code,
                    'achternaam', achternaam, 'tussenvoegsel', tussenvoegsel
                ) order by volgorde), '[]')
                from aanhangsel.bewindspersoon
                where publicatie_id = huidig.publicatie_id
                    and rol <> 'gericht aan'
            ),
            'vragen', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'label', label, 'nummers', nummers, 'tekst', tekst
                ) order by volgorde), '[]')
                from aanhangsel.vraag
                where publicatie_id = huidig.publicatie_id
            ),
            'antwoorden', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'label', label, 'nummers', nummers, 'tekst', tekst
                ) order by volgorde), '[]')
                from aanhangsel.antwoord
                where publicatie_id = huidig.publicatie_id
            ),
            'noten', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'nummer', nummer, 'tekst', tekst, 'urls', urls, 'deel', deel,
                    'deel_volgorde', deel_volgorde
                ) order by volgorde), '[]')
                from aanhangsel.noot
                where publicatie_id = huidig.publicatie_id
            ),
            'bijlagen', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'label', label, 'tekst', tekst
                ) order by volgorde), '[]')
                from aanhangsel.bijlage
                where publicatie_id = huidig.publicatie_id
            ),
            'verwijzingen', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'soort', soort, 'tekst', tekst, 'doel_identifier', doel_identifier,
                    'deel', deel, 'deel_volgorde', deel_volgorde
                ) order by volgorde), '[]')
                from aanhangsel.verwijzing
                where publicatie_id = huidig.publicatie_id
            ),
            'signalen', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'code', code, 'uitleg', uitleg
                ) order by volgorde), '[]')
                from aanhangsel.signaal
                where publicatie_id = huidig.publicatie_id
            )
        )
    from huidig
    where versie.publicatie_id = huidig.publicatie_id
        and versie.versie = huidig.versie
    returning versie.publicatie_id
)
select publicatie_id from gesloten
