-- The tables of the Aanhangsel and of the job's own record.

create schema aanhangsel;
comment on schema aanhangsel is
    'Schriftelijke vragen aan de regering en hun antwoorden: het Aanhangsel van de Handelingen. Voor analisten.';

-- ---------------------------------------------------------------- aanhangsel

create table aanhangsel.publicatie (
    publicatie_id bigint generated always as identity
        constraint publicatie_pkey primary key,
    kamer text
        constraint publicatie_kamer check (kamer in ('tk', 'ek')),
    vergaderjaar text
        constraint publicatie_vergaderjaar check (vergaderjaar ~ '^[0-9]{4}-[0-9]{4}$'),
    aanhangselnummer integer
        constraint publicatie_aanhangselnummer check (aanhangselnummer >= 0),
    toevoeging text not null default ''
        constraint publicatie_toevoeging check (toevoeging ~ '^[a-z]?$'),
    identifier text
        constraint publicatie_identifier_lengte check (char_length(identifier) between 1 and 200),
    voorlopige_sleutel text
        constraint publicatie_voorlopige_sleutel_lengte
        check (char_length(voorlopige_sleutel) between 1 and 200),
    herziening text not null default ''
        constraint publicatie_herziening check (herziening ~ '^([hn][0-9]?)?$'),
    soort text
        constraint publicatie_soort
        check (soort in ('antwoord', 'uitstel', 'mededeling', 'vraag', 'nader_antwoord')),
    onderwerp text,
    titel text,
    ingezonden date,
    ontvangen date,
    gepubliceerd date,
    mededeling text,
    toelichting text,
    reden_uitstel text,
    status text not null default 'geldig'
        constraint publicatie_status check (status in ('geldig', 'vervangen', 'ingetrokken')),
    formaat text,
    parser text,
    metadata jsonb not null default '{}'
        constraint publicatie_metadata check (jsonb_typeof(metadata) = 'object'),
    inhoud_sha256 text
        constraint publicatie_inhoud_sha256 check (inhoud_sha256 ~ '^[0-9a-f]{64}$'),
    eerst_gezien timestamptz not null,
    laatst_gewijzigd timestamptz not null,
    constraint publicatie_nummer_key
        unique (kamer, vergaderjaar, aanhangselnummer, toevoeging),
    constraint publicatie_identifier_key unique (identifier),
    constraint publicatie_voorlopige_sleutel_key unique (voorlopige_sleutel),
    constraint publicatie_genummerd
        check (aanhangselnummer is null or (kamer is not null and vergaderjaar is not null)),
    constraint publicatie_heeft_naam
        check (identifier is not null or voorlopige_sleutel is not null),
    constraint publicatie_heeft_inhoud
        check (
            status = 'ingetrokken'
            or (soort is not null and inhoud_sha256 is not null and formaat is not null)
        )
);

create index publicatie_ontvangen on aanhangsel.publicatie (ontvangen);
create index publicatie_ingezonden on aanhangsel.publicatie (ingezonden);

create table aanhangsel.publicatie_alias (
    identifier text not null constraint publicatie_alias_pkey primary key
        constraint publicatie_alias_lengte check (char_length(identifier) between 1 and 200),
    publicatie_id bigint not null constraint publicatie_alias_publicatie
        references aanhangsel.publicatie on delete cascade,
    eerst_gezien timestamptz not null
);
create index publicatie_alias_publicatie_id on aanhangsel.publicatie_alias (publicatie_id);

create table aanhangsel.persoon (
    persoon_id bigint generated always as identity constraint persoon_pkey primary key,
    tk_id uuid constraint persoon_tk_id_key unique,
    naam text not null,
    achternaam text,
    tussenvoegsel text,
    roepnaam text,
    initialen text,
    functie text
);

create table aanhangsel.fractie (
    fractie_id bigint generated always as identity constraint fractie_pkey primary key,
    tk_id uuid constraint fractie_tk_id_key unique,
    afkorting text not null,
    naam text,
    van date,
    tot date,
    constraint fractie_periode check (tot >= van)
);

create table aanhangsel.lidmaatschap (
    lidmaatschap_id bigint generated always as identity
        constraint lidmaatschap_pkey primary key,
    tk_id uuid constraint lidmaatschap_tk_id_key unique,
    persoon_id bigint not null constraint lidmaatschap_persoon
        references aanhangsel.persoon on delete cascade,
    fractie_id bigint not null constraint lidmaatschap_fractie
        references aanhangsel.fractie on delete cascade,
    van date not null,
    tot date,
    functie text,
    constraint lidmaatschap_key unique (persoon_id, fractie_id, van),
    constraint lidmaatschap_periode check (tot >= van)
);
create index lidmaatschap_fractie_id on aanhangsel.lidmaatschap (fractie_id);

create table aanhangsel.indiener (
    publicatie_id bigint not null constraint indiener_publicatie
        references aanhangsel.publicatie on delete cascade,
    volgorde integer not null,
    naam text not null constraint indiener_naam check (naam <> ''),
    fractie text,
    persoon_id bigint constraint indiener_persoon
        references aanhangsel.persoon on delete set null,
    constraint indiener_pkey primary key (publicatie_id, volgorde)
);
create index indiener_fractie on aanhangsel.indiener (fractie);
create index indiener_persoon_id on aanhangsel.indiener (persoon_id)
    where persoon_id is not null;

create table aanhangsel.bewindspersoon (
    publicatie_id bigint not null constraint bewindspersoon_publicatie
        references aanhangsel.publicatie on delete cascade,
    volgorde integer not null,
    rol text not null
        constraint bewindspersoon_rol check (rol in ('gericht aan', 'antwoord', 'mede namens')),
    naam text,
    functie text not null,
    ministerie text,
    ministerie_code text,
    constraint bewindspersoon_pkey primary key (publicatie_id, volgorde)
);
create index bewindspersoon_ministerie_code on aanhangsel.bewindspersoon (ministerie_code);

create table aanhangsel.vraag (
    vraag_id bigint generated always as identity constraint vraag_pkey primary key,
    publicatie_id bigint not null constraint vraag_publicatie
        references aanhangsel.publicatie on delete cascade,
    volgorde integer not null,
    label text not null,
    nummers text[] not null,
    tekst text not null,
    constraint vraag_key unique (publicatie_id, volgorde)
);

create table aanhangsel.antwoord (
    antwoord_id bigint generated always as identity constraint antwoord_pkey primary key,
    publicatie_id bigint not null constraint antwoord_publicatie
        references aanhangsel.publicatie on delete cascade,
    volgorde integer not null,
    label text not null,
    nummers text[] not null,
    tekst text not null,
    constraint antwoord_key unique (publicatie_id, volgorde)
);

create table aanhangsel.noot (
    publicatie_id bigint not null constraint noot_publicatie
        references aanhangsel.publicatie on delete cascade,
    volgorde integer not null,
    nummer text not null,
    tekst text not null,
    urls text[] not null,
    constraint noot_pkey primary key (publicatie_id, volgorde)
);

create table aanhangsel.verwijzing (
    publicatie_id bigint not null constraint verwijzing_publicatie
        references aanhangsel.publicatie on delete cascade,
    volgorde integer not null,
    soort text not null
        constraint verwijzing_soort check (soort in (
            'zie ook', 'aanvulling op', 'kamerstuk', 'aanhangsel', 'staatsblad', 'url'
        )),
    tekst text not null,
    doel_identifier text
        constraint verwijzing_doel_lengte check (char_length(doel_identifier) between 1 and 200),
    doel_publicatie_id bigint constraint verwijzing_doel_publicatie
        references aanhangsel.publicatie on delete set null,
    constraint verwijzing_pkey primary key (publicatie_id, volgorde)
);
create index verwijzing_doel_publicatie_id on aanhangsel.verwijzing (doel_publicatie_id)
    where doel_publicatie_id is not null;
create index verwijzing_wacht_op_doel on aanhangsel.verwijzing (doel_identifier)
    where doel_publicatie_id is null;

create table aanhangsel.zaak (
    zaaknummer text not null constraint zaak_pkey primary key
        constraint zaak_zaaknummer check (char_length(zaaknummer) between 1 and 100),
    onderwerp text,
    gestart_op date,
    termijn date,
    afgedaan boolean
);

create table aanhangsel.publicatie_zaak (
    publicatie_id bigint not null constraint publicatie_zaak_publicatie
        references aanhangsel.publicatie on delete cascade,
    zaaknummer text not null constraint publicatie_zaak_zaak
        references aanhangsel.zaak on delete cascade,
    rol text not null,
    bekend_door text not null,
    constraint publicatie_zaak_pkey primary key (publicatie_id, zaaknummer)
);
create index publicatie_zaak_zaaknummer on aanhangsel.publicatie_zaak (zaaknummer);

create table aanhangsel.signaal (
    publicatie_id bigint not null constraint signaal_publicatie
        references aanhangsel.publicatie on delete cascade,
    volgorde integer not null,
    code text not null constraint signaal_code check (code <> ''),
    uitleg text not null,
    constraint signaal_pkey primary key (publicatie_id, volgorde)
);
create index signaal_code on aanhangsel.signaal (code);

create table aanhangsel.publicatie_versie (
    publicatie_id bigint not null constraint publicatie_versie_publicatie
        references aanhangsel.publicatie on delete cascade,
    versie integer not null constraint publicatie_versie_versie check (versie > 0),
    geldig_van timestamptz,
    geldig_tot timestamptz,
    reden text not null
        constraint publicatie_versie_reden check (reden in (
            'eerste', 'gewijzigd', 'metadata gewijzigd', 'herlezen', 'andere vorm',
            'herdruk', 'nieuwe versie', 'oudere druk', 'ingetrokken', 'teruggekeerd'
        )),
    identifier text,
    inhoud_sha256 text
        constraint publicatie_versie_inhoud_sha256 check (inhoud_sha256 ~ '^[0-9a-f]{64}$'),
    inhoud jsonb,
    constraint publicatie_versie_pkey primary key (publicatie_id, versie),
    constraint publicatie_versie_periode check (geldig_tot >= geldig_van),
    constraint publicatie_versie_bewaard check ((geldig_tot is null) = (inhoud is null))
);
create unique index publicatie_versie_huidig on aanhangsel.publicatie_versie (publicatie_id)
    where geldig_tot is null;

create table aanhangsel.bron (
    sha256 text collate "C" not null constraint bron_pkey primary key
        constraint bron_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text,
    body bytea not null,
    compressie text not null
        constraint bron_compressie check (compressie in ('geen', 'zstd')),
    lengte bigint not null constraint bron_lengte check (lengte >= 0),
    ontvangen_op timestamptz not null
);
-- Compressed already: PostgreSQL need not try again.
alter table aanhangsel.bron alter column body set storage external;

create table aanhangsel.publicatie_bron (
    publicatie_id bigint not null constraint publicatie_bron_publicatie
        references aanhangsel.publicatie on delete cascade,
    sha256 text collate "C" not null constraint publicatie_bron_bron
        references aanhangsel.bron,
    url_sha256 text collate "C" not null
        constraint publicatie_bron_url_sha256 check (url_sha256 ~ '^[0-9a-f]{64}$'),
    source text not null,
    url text not null,
    opgehaald_op timestamptz not null,
    constraint publicatie_bron_pkey primary key (publicatie_id, sha256, url_sha256)
);
create index publicatie_bron_sha256 on aanhangsel.publicatie_bron (sha256);

create table aanhangsel.reces (
    naam text not null,
    van date not null,
    tot date not null,
    constraint reces_pkey primary key (van),
    constraint reces_periode check (tot >= van)
);

create table aanhangsel.ministerie (
    ministerie_id integer generated always as identity
        constraint ministerie_pkey primary key,
    code text not null constraint ministerie_code check (code <> ''),
    schrijfwijze text not null
        constraint ministerie_schrijfwijze check (schrijfwijze = lower(schrijfwijze)),
    naam text not null,
    soort text not null,
    van date,
    tot date,
    constraint ministerie_periode check (tot >= van)
);
create index ministerie_zoek on aanhangsel.ministerie (schrijfwijze);

-- ----------------------------------------------------------------------- etl

create table etl.run (
    run_id bigint generated always as identity constraint run_pkey primary key,
    source text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    outcome text not null
        constraint run_outcome
        check (outcome in ('running', 'complete', 'partial', 'failed', 'interrupted')),
    seen integer not null default 0,
    new integer not null default 0,
    changed integer not null default 0,
    unchanged integer not null default 0,
    withdrawn integer not null default 0,
    quarantined integer not null default 0,
    cursor_before text,
    cursor_after text,
    problem text,
    parser text,
    constraint run_finished check ((outcome = 'running') = (finished_at is null)),
    constraint run_counts
        check (least(seen, new, changed, unchanged, withdrawn, quarantined) >= 0),
    constraint run_balance
        check (
            outcome not in ('complete', 'partial', 'interrupted')
            or seen = new + changed + unchanged + withdrawn + quarantined
        )
);
create index run_source on etl.run (source, started_at);
create index run_open on etl.run (source) where outcome = 'running';

create table etl.cursor (
    source text not null constraint cursor_pkey primary key,
    position text collate "C" not null,
    updated_at timestamptz not null
);

create table etl.record (
    source text not null,
    identifier text not null
        constraint record_identifier check (char_length(identifier) between 1 and 1000),
    fingerprint text not null,
    fetched_at timestamptz not null,
    validators jsonb not null default '{}'
        constraint record_validators check (jsonb_typeof(validators) = 'object'),
    parser text not null,
    constraint record_pkey primary key (source, identifier)
);

create table etl.run_problem (
    problem_id bigint generated always as identity constraint run_problem_pkey primary key,
    run_id bigint not null constraint run_problem_run references etl.run,
    source text not null,
    identifier text not null
        constraint run_problem_identifier check (char_length(identifier) between 1 and 1000),
    url text,
    sha256 text collate "C",
    code text not null,
    explanation text not null,
    attempts integer not null default 1
        constraint run_problem_attempts check (attempts > 0),
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    next_try_at timestamptz not null,
    resolved_at timestamptz,
    parser text not null,
    fingerprint text not null,
    record jsonb not null
        constraint run_problem_record check (jsonb_typeof(record) = 'object')
);
create unique index run_problem_open on etl.run_problem (source, identifier)
    where resolved_at is null;
create index run_problem_run_id on etl.run_problem (run_id);

create table etl.problem_bron (
    problem_id bigint not null constraint problem_bron_problem
        references etl.run_problem on delete cascade,
    sha256 text collate "C" not null constraint problem_bron_bron
        references aanhangsel.bron,
    url_sha256 text collate "C" not null
        constraint problem_bron_url_sha256 check (url_sha256 ~ '^[0-9a-f]{64}$'),
    url text not null,
    fetched_at timestamptz not null,
    constraint problem_bron_pkey primary key (problem_id, sha256, url_sha256)
);
create index problem_bron_sha256 on etl.problem_bron (sha256);

-- ------------------------------------------------------------------ comments


comment on table aanhangsel.publicatie is
    'Eén rij per publicatie: een genummerd Aanhangsel, een vraag zonder antwoord (kv) of een voorpublicatie.';
comment on column aanhangsel.publicatie.publicatie_id is
    'Eigen sleutel; blijft gelijk bij herdruk en wijziging.';
comment on column aanhangsel.publicatie.kamer is
    'tk (Tweede Kamer) of ek (Eerste Kamer); leeg zolang onbekend.';
comment on column aanhangsel.publicatie.vergaderjaar is
    'Vergaderjaar zoals 2022-2023; onmogelijke paren uit de bron zijn bewaard.';
comment on column aanhangsel.publicatie.aanhangselnummer is
    'Nummer binnen kamer en vergaderjaar; leeg zolang nog niet toegekend.';
comment on column aanhangsel.publicatie.toevoeging is
    'Gedrukte letter achter het nummer (6a), anders leeg.';
comment on column aanhangsel.publicatie.identifier is
    'Naam bij Officiële bekendmakingen van de druk die nu geldt, letterlijk; leeg voor een voorpublicatie.';
comment on column aanhangsel.publicatie.voorlopige_sleutel is
    'Zaaknummer en soort, de sleutel zolang er geen identifier is.';
comment on column aanhangsel.publicatie.herziening is
    'h1 (herdruk), n1 (nieuwe versie) of leeg: de druk die nu geldt.';
comment on column aanhangsel.publicatie.soort is
    'antwoord, uitstel, mededeling, vraag of nader_antwoord; leeg als de publicatie is ingetrokken voor zij ooit gelezen is.';
comment on column aanhangsel.publicatie.onderwerp is
    'Tekst na "over" in de kopzin.';
comment on column aanhangsel.publicatie.titel is
    'Titel volgens de metadata van de bron.';
comment on column aanhangsel.publicatie.ingezonden is
    'Dag waarop de vragen zijn ingezonden.';
comment on column aanhangsel.publicatie.ontvangen is
    'Dag waarop het antwoord of de mededeling is ontvangen.';
comment on column aanhangsel.publicatie.gepubliceerd is
    'Dag waarop de bron de publicatie beschikbaar stelde.';
comment on column aanhangsel.publicatie.mededeling is
    'Tekst van het blok Mededeling.';
comment on column aanhangsel.publicatie.toelichting is
    'Tekst van de toelichting van de indieners.';
comment on column aanhangsel.publicatie.reden_uitstel is
    'Reden van uitstel uit de mededeling; nog niet gevuld.';
comment on column aanhangsel.publicatie.status is
    'geldig, vervangen (opgegaan in een andere) of ingetrokken door de uitgever.';
comment on column aanhangsel.publicatie.formaat is
    'Vorm waaruit de inhoud gelezen is: xml, html, pdf, docx, odt of tekst.';
comment on column aanhangsel.publicatie.parser is
    'Versie van de lezer die de inhoud het laatst wijzigde.';
comment on column aanhangsel.publicatie.metadata is
    'Wat de bron naast het document opgaf, als JSON.';
comment on column aanhangsel.publicatie.inhoud_sha256 is
    'Hash over alles wat van deze publicatie is opgeslagen.';
comment on column aanhangsel.publicatie.eerst_gezien is
    'Wanneer zij voor het eerst is geladen.';
comment on column aanhangsel.publicatie.laatst_gewijzigd is
    'Wanneer haar inhoud of status het laatst wijzigde.';

comment on table aanhangsel.publicatie_alias is
    'Eén rij per andere naam waaronder een publicatie is of was te vinden.';
comment on column aanhangsel.publicatie_alias.identifier is
    'De andere identifier, letterlijk.';
comment on column aanhangsel.publicatie_alias.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.publicatie_alias.eerst_gezien is
    'Wanneer die naam voor het eerst voorkwam.';

comment on table aanhangsel.persoon is
    'Eén rij per Kamerlid of bewindspersoon volgens de Tweede Kamer; nog niet gevuld.';
comment on column aanhangsel.persoon.persoon_id is
    'Eigen sleutel.';
comment on column aanhangsel.persoon.tk_id is
    'Id bij de Tweede Kamer.';
comment on column aanhangsel.persoon.naam is
    'Volledige naam.';
comment on column aanhangsel.persoon.achternaam is
    'Achternaam zonder tussenvoegsel.';
comment on column aanhangsel.persoon.tussenvoegsel is
    'Tussenvoegsel.';
comment on column aanhangsel.persoon.roepnaam is
    'Roepnaam.';
comment on column aanhangsel.persoon.initialen is
    'Initialen.';
comment on column aanhangsel.persoon.functie is
    'Functie volgens de Tweede Kamer.';

comment on table aanhangsel.fractie is
    'Eén rij per fractie of groep; nog niet gevuld.';
comment on column aanhangsel.fractie.fractie_id is
    'Eigen sleutel.';
comment on column aanhangsel.fractie.tk_id is
    'Id bij de Tweede Kamer.';
comment on column aanhangsel.fractie.afkorting is
    'Afkorting zoals in het Aanhangsel.';
comment on column aanhangsel.fractie.naam is
    'Volledige naam.';
comment on column aanhangsel.fractie.van is
    'Eerste dag.';
comment on column aanhangsel.fractie.tot is
    'Laatste dag; leeg als zij nog bestaat.';

comment on table aanhangsel.lidmaatschap is
    'Eén rij per periode waarin een persoon voor een fractie zat; nog niet gevuld.';
comment on column aanhangsel.lidmaatschap.lidmaatschap_id is
    'Eigen sleutel.';
comment on column aanhangsel.lidmaatschap.tk_id is
    'Id bij de Tweede Kamer.';
comment on column aanhangsel.lidmaatschap.persoon_id is
    'De persoon.';
comment on column aanhangsel.lidmaatschap.fractie_id is
    'De fractie.';
comment on column aanhangsel.lidmaatschap.van is
    'Eerste dag.';
comment on column aanhangsel.lidmaatschap.tot is
    'Laatste dag; leeg als het nog duurt.';
comment on column aanhangsel.lidmaatschap.functie is
    'Functie in de fractie.';

comment on table aanhangsel.indiener is
    'Eén rij per indiener en publicatie, in de volgorde van de kopzin.';
comment on column aanhangsel.indiener.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.indiener.volgorde is
    'Plaats in de kopzin, vanaf 1.';
comment on column aanhangsel.indiener.naam is
    'Naam zoals gedrukt.';
comment on column aanhangsel.indiener.fractie is
    'Fractie zoals gedrukt; leeg als zij niet is vermeld.';
comment on column aanhangsel.indiener.persoon_id is
    'Het Kamerlid, waar dat zeker is; nog niet gevuld.';

comment on table aanhangsel.bewindspersoon is
    'Eén rij per ambt en publicatie: aan wie gevraagd, wie antwoordt, namens wie mede.';
comment on column aanhangsel.bewindspersoon.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.bewindspersoon.volgorde is
    'Plaats, vanaf 1: eerst de aangeschreven ambten, dan wie antwoorden.';
comment on column aanhangsel.bewindspersoon.rol is
    'gericht aan, antwoord of mede namens; wie een mededeling ondertekent heeft rol antwoord.';
comment on column aanhangsel.bewindspersoon.naam is
    'Naam zoals gedrukt; leeg voor een ambt zonder naam.';
comment on column aanhangsel.bewindspersoon.functie is
    'Minister, Staatssecretaris of Minister-President.';
comment on column aanhangsel.bewindspersoon.ministerie is
    'Ministerie zoals gedrukt.';
comment on column aanhangsel.bewindspersoon.ministerie_code is
    'Code uit de tabel ministerie, alleen waar de gedrukte naam zeker één code aanwijst.';

comment on table aanhangsel.vraag is
    'Eén rij per gedrukt vraagblok; een blok kan meer vraagnummers dragen.';
comment on column aanhangsel.vraag.vraag_id is
    'Eigen sleutel; blijft gelijk bij een wijziging van de tekst.';
comment on column aanhangsel.vraag.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.vraag.volgorde is
    'Plaats in het document, vanaf 1.';
comment on column aanhangsel.vraag.label is
    'Kopje zoals gedrukt, bijvoorbeeld "Vraag 9 en 10".';
comment on column aanhangsel.vraag.nummers is
    'De vraagnummers van het blok als tekst: 2a komt voor.';
comment on column aanhangsel.vraag.tekst is
    'Lopende tekst zonder nootcijfers.';

comment on table aanhangsel.antwoord is
    'Eén rij per gedrukt antwoordblok; een blok kan meer vragen beantwoorden.';
comment on column aanhangsel.antwoord.antwoord_id is
    'Eigen sleutel; blijft gelijk bij een wijziging van de tekst.';
comment on column aanhangsel.antwoord.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.antwoord.volgorde is
    'Plaats in het document, vanaf 1.';
comment on column aanhangsel.antwoord.label is
    'Kopje zoals gedrukt.';
comment on column aanhangsel.antwoord.nummers is
    'De vraagnummers waarop het blok antwoordt, als tekst.';
comment on column aanhangsel.antwoord.tekst is
    'Lopende tekst zonder nootcijfers.';

comment on table aanhangsel.noot is
    'Eén rij per noot.';
comment on column aanhangsel.noot.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.noot.volgorde is
    'Plaats in het document, vanaf 1.';
comment on column aanhangsel.noot.nummer is
    'Nootnummer zoals gedrukt.';
comment on column aanhangsel.noot.tekst is
    'Tekst van de noot.';
comment on column aanhangsel.noot.urls is
    'Webadressen in de noot, in volgorde.';

comment on table aanhangsel.verwijzing is
    'Eén rij per verwijzing van een publicatie naar iets anders.';
comment on column aanhangsel.verwijzing.publicatie_id is
    'De publicatie die verwijst.';
comment on column aanhangsel.verwijzing.volgorde is
    'Plaats, vanaf 1.';
comment on column aanhangsel.verwijzing.soort is
    'zie ook, aanvulling op, kamerstuk, aanhangsel, staatsblad of url; tot nu toe gevuld: zie ook en url.';
comment on column aanhangsel.verwijzing.tekst is
    'Waarnaar verwezen wordt, leesbaar; voor een url het adres.';
comment on column aanhangsel.verwijzing.doel_identifier is
    'Identifier van het doel in gewone spelling, waar dat er een heeft.';
comment on column aanhangsel.verwijzing.doel_publicatie_id is
    'Het doel, zodra het geladen is.';

comment on table aanhangsel.zaak is
    'Eén rij per zaak: een stel vragen van de Tweede Kamer dat vraag, uitstel en antwoord verbindt.';
comment on column aanhangsel.zaak.zaaknummer is
    'Vraagnummer zoals 2023Z00306; oude zaken hebben een andere vorm.';
comment on column aanhangsel.zaak.onderwerp is
    'Onderwerp volgens de Tweede Kamer; nog niet gevuld.';
comment on column aanhangsel.zaak.gestart_op is
    'Dag waarop de zaak begon; nog niet gevuld.';
comment on column aanhangsel.zaak.termijn is
    'Dag waarop het antwoord er moet zijn; nog niet gevuld.';
comment on column aanhangsel.zaak.afgedaan is
    'Of de zaak is afgedaan; nog niet gevuld.';

comment on table aanhangsel.publicatie_zaak is
    'Eén rij per publicatie van een zaak.';
comment on column aanhangsel.publicatie_zaak.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.publicatie_zaak.zaaknummer is
    'De zaak.';
comment on column aanhangsel.publicatie_zaak.rol is
    'Wat de publicatie voor de zaak is: haar soort.';
comment on column aanhangsel.publicatie_zaak.bekend_door is
    'Waaruit het verband blijkt: vraagnummer (gedrukt of in de metadata).';

comment on table aanhangsel.signaal is
    'Eén rij per eigenaardigheid van een publicatie: gemeld, niet verbeterd.';
comment on column aanhangsel.signaal.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.signaal.volgorde is
    'Plaats, vanaf 1.';
comment on column aanhangsel.signaal.code is
    'Korte code, bijvoorbeeld antwoord_ontbreekt.';
comment on column aanhangsel.signaal.uitleg is
    'Wat er precies gezien is.';

comment on table aanhangsel.publicatie_versie is
    'Eén rij per versie van een publicatie die ooit gezien is; de oude inhoud staat erbij.';
comment on column aanhangsel.publicatie_versie.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.publicatie_versie.versie is
    'Volgnummer, vanaf 1.';
comment on column aanhangsel.publicatie_versie.geldig_van is
    'Wanneer deze versie hier ging gelden; leeg voor een oudere druk die later binnenkwam.';
comment on column aanhangsel.publicatie_versie.geldig_tot is
    'Wanneer zij vervangen werd; leeg voor de versie die nu geldt.';
comment on column aanhangsel.publicatie_versie.reden is
    'Waarom deze versie ontstond.';
comment on column aanhangsel.publicatie_versie.identifier is
    'Identifier van deze druk.';
comment on column aanhangsel.publicatie_versie.inhoud_sha256 is
    'Hash over de inhoud van deze versie.';
comment on column aanhangsel.publicatie_versie.inhoud is
    'De inhoud als JSON; leeg voor de versie die nu geldt, want die staat in de tabellen.';

comment on table aanhangsel.bron is
    'Eén rij per ontvangen document, letterlijk zoals ontvangen en op inhoud geadresseerd.';
comment on column aanhangsel.bron.sha256 is
    'Hash van de bytes zoals ontvangen.';
comment on column aanhangsel.bron.media_type is
    'Soort zoals de server opgaf.';
comment on column aanhangsel.bron.body is
    'De bytes, gecomprimeerd zoals in compressie staat.';
comment on column aanhangsel.bron.compressie is
    'zstd of geen.';
comment on column aanhangsel.bron.lengte is
    'Lengte van de bytes zoals ontvangen.';
comment on column aanhangsel.bron.ontvangen_op is
    'Wanneer deze bytes voor het eerst ontvangen zijn.';

comment on table aanhangsel.publicatie_bron is
    'Eén rij per publicatie, ontvangen document en adres.';
comment on column aanhangsel.publicatie_bron.publicatie_id is
    'De publicatie.';
comment on column aanhangsel.publicatie_bron.sha256 is
    'Het document in de tabel bron.';
comment on column aanhangsel.publicatie_bron.url_sha256 is
    'Hash van het adres, voor de sleutel.';
comment on column aanhangsel.publicatie_bron.source is
    'De bron die het leverde, bijvoorbeeld officielebekendmakingen.';
comment on column aanhangsel.publicatie_bron.url is
    'Het adres.';
comment on column aanhangsel.publicatie_bron.opgehaald_op is
    'Wanneer het daar voor het eerst is opgehaald.';

comment on table aanhangsel.reces is
    'Eén rij per reces van de Tweede Kamer; leeg tot iemand een volledige kalender laadt.';
comment on column aanhangsel.reces.naam is
    'Naam, bijvoorbeeld zomerreces.';
comment on column aanhangsel.reces.van is
    'Eerste dag.';
comment on column aanhangsel.reces.tot is
    'Laatste dag.';

comment on table aanhangsel.ministerie is
    'Eén rij per schrijfwijze van een ministerie of minister zonder eigen ministerie en periode.';
comment on column aanhangsel.ministerie.ministerie_id is
    'Eigen sleutel.';
comment on column aanhangsel.ministerie.code is
    'Afkorting, bijvoorbeeld VWS.';
comment on column aanhangsel.ministerie.schrijfwijze is
    'Naam of afkorting zoals die gedrukt kan staan, in kleine letters.';
comment on column aanhangsel.ministerie.naam is
    'Officiële naam.';
comment on column aanhangsel.ministerie.soort is
    'ministerie, of minister voor (zonder eigen ministerie).';
comment on column aanhangsel.ministerie.van is
    'Eerste dag; leeg als die onbekend of van voor 1994 is.';
comment on column aanhangsel.ministerie.tot is
    'Laatste dag; leeg als het nog bestaat.';

comment on table etl.run is
    'One row a run of one source.';
comment on column etl.run.run_id is
    'Its number.';
comment on column etl.run.source is
    'Which source it followed.';
comment on column etl.run.started_at is
    'When it began.';
comment on column etl.run.finished_at is
    'When it ended; null while it runs.';
comment on column etl.run.outcome is
    'running, complete, partial (some documents in quarantine), failed or interrupted.';
comment on column etl.run.seen is
    'Records that the source listed; the sum of the next five unless the run failed.';
comment on column etl.run.new is
    'Publications loaded for the first time.';
comment on column etl.run.changed is
    'Publications whose content changed.';
comment on column etl.run.unchanged is
    'Records that brought nothing new.';
comment on column etl.run.withdrawn is
    'Publications found withdrawn by their publisher.';
comment on column etl.run.quarantined is
    'Records put into quarantine.';
comment on column etl.run.cursor_before is
    'The cursor when it began.';
comment on column etl.run.cursor_after is
    'The cursor when it ended.';
comment on column etl.run.problem is
    'Why it failed, in one line.';
comment on column etl.run.parser is
    'Version of the parser it used.';

comment on table etl.cursor is
    'One row a source: how far it has been processed.';
comment on column etl.cursor.source is
    'The source.';
comment on column etl.cursor.position is
    'The source''s own order; all up to here is committed.';
comment on column etl.cursor.updated_at is
    'When it last moved.';

comment on table etl.record is
    'One row a record of a source that was processed, so that it need not be fetched again.';
comment on column etl.record.source is
    'The source.';
comment on column etl.record.identifier is
    'The source''s own name for it.';
comment on column etl.record.fingerprint is
    'Changes whenever the listing says that something changed.';
comment on column etl.record.fetched_at is
    'When the state that was processed was fetched.';
comment on column etl.record.validators is
    'ETag and Last-Modified by address, for conditional requests.';
comment on column etl.record.parser is
    'Version of the parser that understood it.';

comment on table etl.run_problem is
    'One row a quarantined record; open while resolved_at is null.';
comment on column etl.run_problem.problem_id is
    'Its number.';
comment on column etl.run_problem.run_id is
    'The run that met it last.';
comment on column etl.run_problem.source is
    'The source.';
comment on column etl.run_problem.identifier is
    'The source''s own name for the record.';
comment on column etl.run_problem.url is
    'Address of the body that failed, if one came.';
comment on column etl.run_problem.sha256 is
    'Hash of that body; it is kept in aanhangsel.bron.';
comment on column etl.run_problem.code is
    'What is wrong, from a closed list.';
comment on column etl.run_problem.explanation is
    'The same in one line.';
comment on column etl.run_problem.attempts is
    'How often it was tried in this state.';
comment on column etl.run_problem.first_seen_at is
    'When it first failed.';
comment on column etl.run_problem.last_seen_at is
    'When it last failed.';
comment on column etl.run_problem.next_try_at is
    'When it is tried again; at once after a change of parser.';
comment on column etl.run_problem.resolved_at is
    'When it was processed after all.';
comment on column etl.run_problem.parser is
    'Version of the parser that failed.';
comment on column etl.run_problem.fingerprint is
    'The listing''s fingerprint at that time.';
comment on column etl.run_problem.record is
    'The record as listed, to try it again without the listing.';

comment on table etl.problem_bron is
    'One row a body that came with a quarantined record.';
comment on column etl.problem_bron.problem_id is
    'The problem.';
comment on column etl.problem_bron.sha256 is
    'The body in aanhangsel.bron.';
comment on column etl.problem_bron.url_sha256 is
    'Hash of the address, for the key.';
comment on column etl.problem_bron.url is
    'The address.';
comment on column etl.problem_bron.fetched_at is
    'When it was fetched.';
