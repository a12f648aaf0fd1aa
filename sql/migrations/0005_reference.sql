-- Reference tables that follow the files in sql/reference, what is read from printed
-- names with their help, where notes and references stand, and annexes.

-- ---------------------------------------------------------------- reference tables

create table etl.reference (
    name text not null constraint reference_pkey primary key,
    sha256 text not null
        constraint reference_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
    loaded_at timestamptz not null default now()
);
comment on table etl.reference is
    'One row a file of sql/reference that was loaded into its table.';
comment on column etl.reference.name is 'As `etl migrate` shows it.';
comment on column etl.reference.sha256 is
    'Hash (hex) of the file as loaded: another one is loaded by the next migration.';
comment on column etl.reference.loaded_at is 'When it was loaded.';

create table aanhangsel.fractie_schrijfwijze (
    fractie_schrijfwijze_id integer generated always as identity
        constraint fractie_schrijfwijze_pkey primary key,
    code text not null constraint fractie_schrijfwijze_code check (code <> ''),
    schrijfwijze text not null
        constraint fractie_schrijfwijze_klein check (schrijfwijze = lower(schrijfwijze)),
    naam text not null,
    soort text not null,
    van date,
    tot date,
    opvolger text,
    bron text not null,
    constraint fractie_schrijfwijze_periode check (tot >= van)
);
create index fractie_schrijfwijze_zoek on aanhangsel.fractie_schrijfwijze (schrijfwijze);
comment on table aanhangsel.fractie_schrijfwijze is
    'Eén rij per schrijfwijze van een fractie of groep van de Tweede Kamer en periode.';
comment on column aanhangsel.fractie_schrijfwijze.fractie_schrijfwijze_id is
    'Eigen sleutel.';
comment on column aanhangsel.fractie_schrijfwijze.code is
    'Afkorting bij de Tweede Kamer waar die bekend is, anders de naam.';
comment on column aanhangsel.fractie_schrijfwijze.schrijfwijze is
    'Naam of afkorting zoals die gedrukt kan staan, in kleine letters.';
comment on column aanhangsel.fractie_schrijfwijze.naam is 'Volledige naam.';
comment on column aanhangsel.fractie_schrijfwijze.soort is
    'partij, of groep (afgesplitst tijdens een zittingsperiode).';
comment on column aanhangsel.fractie_schrijfwijze.van is
    'Eerste dag; leeg als die onbekend of van voor 1994 is.';
comment on column aanhangsel.fractie_schrijfwijze.tot is
    'Laatste dag; leeg als zij nog bestaat of het einde onbekend is.';
comment on column aanhangsel.fractie_schrijfwijze.opvolger is
    'Code of codes waarin zij opging, gescheiden door |.';
comment on column aanhangsel.fractie_schrijfwijze.bron is
    'Waaruit deze rij is overgenomen.';

alter table aanhangsel.ministerie
    add column opvolger text,
    add column ondergebracht_bij text,
    add column bron text;
comment on column aanhangsel.ministerie.opvolger is
    'Code van de rechtsopvolger, waar die er is.';
comment on column aanhangsel.ministerie.ondergebracht_bij is
    'Code van het ministerie waar een minister zonder eigen ministerie zat; anders de eigen code.';
comment on column aanhangsel.ministerie.bron is 'Waaruit deze rij is overgenomen.';

-- -------------------------------------------------------------------- publications

alter table aanhangsel.publicatie
    add column dekking numeric
        constraint publicatie_dekking check (dekking between 0 and 1);
comment on column aanhangsel.publicatie.dekking is
    'Deel (0 tot 1) van de letters van het document waarvan de plaats bekend is; leeg als dat niet gemeten is.';
comment on column aanhangsel.publicatie.reden_uitstel is
    'Reden van uitstel uit de mededeling, waar die er staat.';

alter table aanhangsel.indiener
    add column fractie_code text,
    add column achternaam text,
    add column tussenvoegsel text;
create index indiener_fractie_code on aanhangsel.indiener (fractie_code);
comment on column aanhangsel.indiener.fractie_code is
    'Code uit de tabel fractie_schrijfwijze, alleen waar de gedrukte fractie zeker één code aanwijst.';
comment on column aanhangsel.indiener.achternaam is
    'Achternaam zonder tussenvoegsel, uit de gedrukte naam; leeg waar die niet zeker is.';
comment on column aanhangsel.indiener.tussenvoegsel is
    'Tussenvoegsel in kleine letters; leeg als er geen is.';

alter table aanhangsel.bewindspersoon
    add column achternaam text,
    add column tussenvoegsel text;
comment on column aanhangsel.bewindspersoon.achternaam is
    'Achternaam zonder tussenvoegsel, uit de gedrukte naam; leeg waar die niet zeker is.';
comment on column aanhangsel.bewindspersoon.tussenvoegsel is
    'Tussenvoegsel in kleine letters; leeg als er geen is.';

alter table aanhangsel.noot
    add column deel text
        constraint noot_deel check (deel in (
            'kop', 'vraag', 'antwoord', 'mededeling', 'toelichting', 'bijlage'
        )),
    add column deel_volgorde integer
        constraint noot_deel_volgorde check (deel_volgorde > 0);
comment on column aanhangsel.noot.urls is
    'Webadressen in de noot zoals gedrukt, in volgorde; het doel van een link alleen waar de tekst geen adres toont.';
comment on column aanhangsel.noot.deel is
    'Waar het eerst naar de noot verwezen wordt: kop, vraag, antwoord, mededeling, toelichting of bijlage; leeg als dat nergens is.';
comment on column aanhangsel.noot.deel_volgorde is
    'Volgorde van dat blok binnen zijn soort, vanaf 1; leeg waar er maar één is.';

create table aanhangsel.bijlage (
    publicatie_id bigint not null constraint bijlage_publicatie
        references aanhangsel.publicatie on delete cascade,
    volgorde integer not null,
    label text not null,
    tekst text not null,
    constraint bijlage_pkey primary key (publicatie_id, volgorde)
);
comment on table aanhangsel.bijlage is
    'Eén rij per bijlage die in de publicatie zelf is afgedrukt.';
comment on column aanhangsel.bijlage.publicatie_id is 'De publicatie.';
comment on column aanhangsel.bijlage.volgorde is 'Plaats in het document, vanaf 1.';
comment on column aanhangsel.bijlage.label is 'Kopje zoals gedrukt.';
comment on column aanhangsel.bijlage.tekst is 'Lopende tekst.';

alter table aanhangsel.verwijzing
    add column deel text
        constraint verwijzing_deel check (deel in (
            'kop', 'vraag', 'antwoord', 'mededeling', 'toelichting', 'bijlage', 'noot'
        )),
    add column deel_volgorde integer
        constraint verwijzing_deel_volgorde check (deel_volgorde > 0),
    drop constraint verwijzing_soort,
    add constraint verwijzing_soort check (soort in (
        'zie ook', 'aanvulling op', 'aanhangsel', 'zaak', 'kamerstuk', 'handelingen',
        'staatsblad', 'staatscourant', 'eu', 'uitspraak', 'url'
    )),
    -- an address may be long, but is looked up by nobody
    drop constraint verwijzing_doel_lengte,
    add constraint verwijzing_doel_lengte check (
        char_length(doel_identifier)
        between 1 and case when soort = 'url' then 2000 else 200 end
    );
-- Not only those that wait: a better answer to a zaak may come later.
drop index aanhangsel.verwijzing_wacht_op_doel;
create index verwijzing_doel_identifier on aanhangsel.verwijzing (doel_identifier)
    where soort <> 'url';
comment on column aanhangsel.verwijzing.soort is
    'zie ook, aanvulling op, aanhangsel, zaak, kamerstuk, handelingen, staatsblad, staatscourant, eu, uitspraak of url.';
comment on column aanhangsel.verwijzing.tekst is
    'De verwijzing zoals gedrukt; bij zie ook per nummer uitgeschreven, bij een url het adres.';
comment on column aanhangsel.verwijzing.doel_identifier is
    'Het doel in gewone spelling, waar dat zeker is: een identifier van Officiële bekendmakingen, een zaaknummer, een CELEX-nummer, een ECLI of een adres.';
comment on column aanhangsel.verwijzing.doel_publicatie_id is
    'Het doel, zodra het geladen is. Bij een zaaknummer het antwoord, anders een nader antwoord, mededeling, uitstel of vraag van die zaak.';
comment on column aanhangsel.verwijzing.deel is
    'Waar de verwijzing staat: kop, vraag, antwoord, mededeling, toelichting, bijlage of noot; leeg bij wat voor deze kolom bestond geladen is.';
comment on column aanhangsel.verwijzing.deel_volgorde is
    'Volgorde van dat blok of die noot binnen zijn soort, vanaf 1; leeg waar er maar één is.';
