-- The Tweede Kamer as a second source: a mirror of its entities, what every record of
-- every source was read as, and where each value of a publication comes from.

-- ------------------------------------------------------------------------ the mirror

create table etl.entity (
    entity_id uuid not null constraint entity_pkey primary key,
    category text not null,
    parent_id uuid,
    state text not null
        constraint entity_state check (state in ('kept', 'waiting', 'passed')),
    deleted boolean not null default false,
    fields jsonb not null default '{}'
        constraint entity_fields check (jsonb_typeof(fields) = 'object'),
    refs jsonb not null default '{}'
        constraint entity_refs check (jsonb_typeof(refs) = 'object'),
    oddities jsonb not null default '[]'
        constraint entity_oddities check (jsonb_typeof(oddities) = 'array'),
    changed_at timestamptz,
    first_seen_at timestamptz not null,
    last_changed_at timestamptz not null
);
-- Whole, not partial: before the first analyze a partial index looks empty to the
-- planner, and a first load would crawl.
create index entity_parent_id on etl.entity (parent_id, category, state);
create index entity_category on etl.entity (category, state);
create index entity_nummer on etl.entity ((fields ->> 'nummer'));
create index entity_persoon on etl.entity ((refs -> 'persoon' ->> 0));
-- whose case a document is, and back
create index entity_zaak on etl.entity using gin ((refs -> 'zaak'));
-- of an uncertain kind, of a zaak that did not come yet: always a few
create index entity_wacht_op_zaak on etl.entity (entity_id)
    where category = 'Document' and state = 'waiting' and refs ? 'zaak';

comment on table etl.entity is
    'One row an entity of the Tweede Kamer: kept in full where it concerns written questions, else only its id.';
comment on column etl.entity.entity_id is 'Its GUID at the Tweede Kamer.';
comment on column etl.entity.category is 'Category of the SyncFeed: Zaak, Document, Persoon ….';
comment on column etl.entity.parent_id is
    'GUID of the Zaak or Document that it is a part of.';
comment on column etl.entity.state is
    'kept; waiting (its parent, or the case that would tell, has not been seen yet); passed (of another subject, only the id is remembered).';
comment on column etl.entity.deleted is
    'Whether the last thing seen was a tombstone. Its fields stay as they were.';
comment on column etl.entity.fields is
    'Fields by lower-case name in canonical text: the same whether they came by SyncFeed or OData.';
comment on column etl.entity.refs is 'GUIDs that it refers to, by lower-case name.';
comment on column etl.entity.oddities is 'Values that were no value of their kind, in words.';
comment on column etl.entity.changed_at is 'When the source system changed it.';
comment on column etl.entity.first_seen_at is 'When it came in first.';
comment on column etl.entity.last_changed_at is 'When its content last changed here.';

create function etl.count_mirror() returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
    analyze etl.entity
$$;
comment on function etl.count_mirror() is
    'Let the planner know how much the mirror holds: after a first load it would crawl until autovacuum comes by. Runs as its owner, as only the owner may analyze.';
revoke all on function etl.count_mirror() from public;

create function etl.first_day(text text) returns date
language sql
immutable
parallel safe
as $$
    -- the first day of a date that may say no more than a year, a month or a week
    select case
        when text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then text::date
        when text ~ '^[0-9]{4}-[0-9]{2}$' then (text || '-01')::date
        when text ~ '^[0-9]{4}$' then (text || '-01-01')::date
        when text ~ '^[0-9]{4}-W[0-9]{2}$' then to_date(text || '-1', 'IYYY-"W"IW-ID')
        when text ~ '^[0-9]{4}-W[0-9]{2}-[1-7]$' then to_date(text, 'IYYY-"W"IW-ID')
    end
$$;
comment on function etl.first_day(text) is
    'First day of a date as the Tweede Kamer may give it: 1980, 1980-03, 1980-W11, 1980-W11-4 or in full.';

create function etl.last_day(text text) returns date
language sql
immutable
parallel safe
as $$
    select case
        when text ~ '^[0-9]{4}-[0-9]{2}$'
        then (etl.first_day(text) + interval '1 month' - interval '1 day')::date
        when text ~ '^[0-9]{4}$' then (text || '-12-31')::date
        when text ~ '^[0-9]{4}-W[0-9]{2}$' then etl.first_day(text) + 6
        else etl.first_day(text)
    end
$$;
comment on function etl.last_day(text) is
    'Last day of a date as the Tweede Kamer may give it.';

-- ---------------------------------------------------------------------- the readings

create table etl.reading (
    source text not null,
    identifier text not null
        constraint reading_identifier check (char_length(identifier) between 1 and 1000),
    publicatie_id bigint not null constraint reading_publicatie
        references aanhangsel.publicatie on delete cascade,
    sha256 text collate "C",
    formaat text,
    parser text,
    withdrawn boolean not null default false,
    metadata jsonb not null
        constraint reading_metadata check (jsonb_typeof(metadata) = 'object'),
    content bytea,
    constraint reading_pkey primary key (source, identifier),
    constraint reading_understood check ((content is null) = (formaat is null)),
    constraint reading_says_something check (content is not null or withdrawn)
);
-- Compressed already: PostgreSQL need not try again.
alter table etl.reading alter column content set storage external;
create index reading_publicatie_id on etl.reading (publicatie_id);
create index reading_sha256 on etl.reading (sha256);

comment on table etl.reading is
    'One row a record of a source: what it was last read as. A publication is all of its readings joined.';
comment on column etl.reading.source is 'Source of the record.';
comment on column etl.reading.identifier is 'Name of the record at its source.';
comment on column etl.reading.publicatie_id is 'The publication that it is a record of.';
comment on column etl.reading.sha256 is
    'Hash (hex) of the body that was read; empty for one withdrawn before it was read.';
comment on column etl.reading.formaat is 'Form of that body.';
comment on column etl.reading.parser is 'Version of the parser that read it.';
comment on column etl.reading.withdrawn is 'Whether its source took it back.';
comment on column etl.reading.metadata is 'What the listing of the source says of it.';
comment on column etl.reading.content is 'All that was read, as JSON compressed with zstd.';

create index publicatie_aanhangsels on aanhangsel.publicatie
    using gin ((metadata -> 'aanhangsels'))
    where metadata ? 'aanhangsels';

create table etl.document_queue (
    identifier text not null constraint document_queue_pkey primary key
);
comment on table etl.document_queue is
    'Documents of the mirror that may have to be read, or read again: filled with what changed, emptied as they are read.';
comment on column etl.document_queue.identifier is 'GUID of the document.';

create table etl.link_queue (
    kind text not null
        constraint link_queue_kind check (kind in ('zaak', 'people', 'publicatie')),
    id text not null,
    constraint link_queue_pkey primary key (kind, id)
);
comment on table etl.link_queue is
    'What has to be joined anew with the rest: filled with the change itself, emptied before the run ends.';
comment on column etl.link_queue.kind is 'zaak, people or publicatie.';
comment on column etl.link_queue.id is
    'GUID of the zaak, publicatie_id, or * for all persons and memberships.';

-- ---------------------------------------------------------------- reference tables

create table aanhangsel.ambtsperiode (
    ambtsperiode_id integer generated always as identity
        constraint ambtsperiode_pkey primary key,
    naam text not null constraint ambtsperiode_naam check (naam <> ''),
    achternaam text not null constraint ambtsperiode_achternaam check (achternaam <> ''),
    tussenvoegsel text,
    voorletters text,
    functie text not null
        constraint ambtsperiode_functie
        check (functie in ('Minister', 'Staatssecretaris', 'Minister-President')),
    portefeuille text,
    ministerie_code text not null
        constraint ambtsperiode_ministerie_code check (ministerie_code <> ''),
    kabinet text,
    van date,
    tot date,
    zekerheid text,
    herkomst text not null default 'zelf ingevuld'
        constraint ambtsperiode_herkomst
        check (herkomst in ('meegeleverd', 'waargenomen', 'zelf ingevuld')),
    bron text not null,
    constraint ambtsperiode_periode check (tot >= van)
);
create unique index ambtsperiode_key
    on aanhangsel.ambtsperiode (naam, functie, ministerie_code, coalesce(van, '-infinity'));
comment on table aanhangsel.ambtsperiode is
    'Eén rij per periode waarin iemand een ambt in de regering bekleedde, vanaf 2007; niet volledig.';
comment on column aanhangsel.ambtsperiode.ambtsperiode_id is
    'Intern nummer.';
comment on column aanhangsel.ambtsperiode.naam is
    'Naam zoals de bron hem schrijft.';
comment on column aanhangsel.ambtsperiode.achternaam is
    'Achternaam zonder tussenvoegsel.';
comment on column aanhangsel.ambtsperiode.tussenvoegsel is
    'Tussenvoegsel in kleine letters; leeg als er geen is.';
comment on column aanhangsel.ambtsperiode.voorletters is
    'Voorletters; leeg als ze onbekend zijn.';
comment on column aanhangsel.ambtsperiode.functie is
    'Minister, Staatssecretaris of Minister-President.';
comment on column aanhangsel.ambtsperiode.portefeuille is
    'Waarvan of waarvoor, bijvoorbeeld "van Financiën (Toeslagen en Douane)" of "voor Rechtsbescherming".';
comment on column aanhangsel.ambtsperiode.ministerie_code is
    'Code van het ministerie, of van de minister zonder eigen ministerie.';
comment on column aanhangsel.ambtsperiode.kabinet is
    'Het kabinet.';
comment on column aanhangsel.ambtsperiode.van is
    'Eerste dag; leeg als die onbekend is.';
comment on column aanhangsel.ambtsperiode.tot is
    'Dag van ontslag, die meetelt en ook de eerste van de opvolger is; leeg als de periode nog loopt of het einde onbekend is.';
comment on column aanhangsel.ambtsperiode.zekerheid is
    'bron (beide dagen uit een bron), of welke dag alleen waargenomen (eerste of laatste keer aangeschreven) of onbekend is.';
comment on column aanhangsel.ambtsperiode.herkomst is
    'meegeleverd (volgt het bestand van de software), waargenomen (uit wat de bronnen geven) of zelf ingevuld (wordt nooit aangeraakt).';
comment on column aanhangsel.ambtsperiode.bron is
    'Waar de rij vandaan komt.';

create table aanhangsel.prinsjesdag (
    jaar integer not null constraint prinsjesdag_pkey primary key,
    datum date not null,
    vergaderjaar text not null
        constraint prinsjesdag_vergaderjaar check (vergaderjaar ~ '^[0-9]{4}-[0-9]{4}$'),
    bron text not null,
    constraint prinsjesdag_vergaderjaar_key unique (vergaderjaar),
    constraint prinsjesdag_datum_key unique (datum),
    constraint prinsjesdag_jaar check (extract(year from datum) = jaar)
);
comment on table aanhangsel.prinsjesdag is
    'Eén rij per Prinsjesdag: de dag waarop een vergaderjaar begint.';
comment on column aanhangsel.prinsjesdag.jaar is
    'Kalenderjaar.';
comment on column aanhangsel.prinsjesdag.datum is
    'De dag zelf, de eerste van het vergaderjaar.';
comment on column aanhangsel.prinsjesdag.vergaderjaar is
    'Vergaderjaar dat die dag begint.';
comment on column aanhangsel.prinsjesdag.bron is
    'Waar de rij vandaan komt.';

-- Rows that were there before are of an operator.
alter table aanhangsel.reces
    add column zekerheid text,
    add column herkomst text not null default 'zelf ingevuld'
        constraint reces_herkomst check (herkomst in ('meegeleverd', 'zelf ingevuld')),
    add column bron text;
comment on table aanhangsel.reces is
    'Eén rij per reces van de Tweede Kamer; niet volledig: reces_dekking zegt voor welke perioden wel.';
comment on column aanhangsel.reces.zekerheid is
    'gedrukt (dagen staan in de bron) of afgeleid (uit vergaderdagen of een lijst van derden).';
comment on column aanhangsel.reces.herkomst is
    'meegeleverd (volgt het bestand van de software) of zelf ingevuld (wordt nooit aangeraakt, en gaat voor waar beide elkaar overlappen).';
comment on column aanhangsel.reces.bron is
    'Waar de rij vandaan komt.';

create table aanhangsel.reces_dekking (
    van date not null constraint reces_dekking_pkey primary key,
    tot date not null,
    zekerheid text,
    herkomst text not null default 'zelf ingevuld'
        constraint reces_dekking_herkomst
        check (herkomst in ('meegeleverd', 'zelf ingevuld')),
    bron text not null,
    constraint reces_dekking_periode check (tot >= van)
);
comment on table aanhangsel.reces_dekking is
    'Eén rij per periode waarin elk reces van de Tweede Kamer in de tabel reces staat, met begin en einde.';
comment on column aanhangsel.reces_dekking.van is
    'Eerste dag.';
comment on column aanhangsel.reces_dekking.tot is
    'Laatste dag, die meetelt.';
comment on column aanhangsel.reces_dekking.zekerheid is
    'gedrukt (een volledige lijst van de Tweede Kamer zelf) of afgeleid (een lijst van derden).';
comment on column aanhangsel.reces_dekking.herkomst is
    'meegeleverd (volgt het bestand van de software) of zelf ingevuld (wordt nooit aangeraakt).';
comment on column aanhangsel.reces_dekking.bron is
    'Waaruit blijkt dat geen reces ontbreekt.';

alter table aanhangsel.bewindspersoon
    add column ambtsperiode_id integer constraint bewindspersoon_ambtsperiode
        references aanhangsel.ambtsperiode on delete set null;
create index bewindspersoon_achternaam on aanhangsel.bewindspersoon (lower(achternaam));
create index bewindspersoon_ambtsperiode_id
    on aanhangsel.bewindspersoon (ambtsperiode_id)
    where ambtsperiode_id is not null;
comment on column aanhangsel.bewindspersoon.ambtsperiode_id is
    'Het ambt met zijn dagen, alleen waar dat zeker is.';

-- -------------------------------------------------------------------- aanhangsel

alter table aanhangsel.publicatie
    add column herkomst jsonb not null default '{}'
        constraint publicatie_herkomst check (jsonb_typeof(herkomst) = 'object');
comment on column aanhangsel.publicatie.herkomst is
    'Van welke bron elke waarde komt: {"tekst": "officielebekendmakingen", "ingezonden": "tweedekamer"}; leeg bij wat voor deze kolom bestond geladen is.';

comment on column aanhangsel.publicatie.voorlopige_sleutel is
    'Zaaknummer en soort (bij uitstel ook de dag, want dat kan vaker), de sleutel zolang er geen identifier is.';

alter table aanhangsel.indiener
    add column fractie_op_datum text,
    add column bekend_door text
        constraint indiener_bekend_door check (bekend_door in ('zaak', 'naam'));
-- whom a new person may be
create index indiener_achternaam on aanhangsel.indiener (lower(achternaam));
comment on column aanhangsel.indiener.persoon_id is
    'De persoon bij de Tweede Kamer, alleen waar dat zeker is.';
comment on column aanhangsel.indiener.fractie_op_datum is
    'Afkorting van de fractie waarin de persoon op de dag van indiening zat; leeg waar de persoon niet zeker is.';
comment on column aanhangsel.indiener.bekend_door is
    'Waardoor de persoon bekend is: zaak (de Tweede Kamer noemt hem bij de zaak) of naam (naam, dag en fractie).';

alter table aanhangsel.persoon
    add column voornamen text,
    add column ingetrokken boolean not null default false;
comment on column aanhangsel.persoon.voornamen is 'Alle voornamen.';
comment on column aanhangsel.persoon.ingetrokken is
    'Of de Tweede Kamer de rij heeft verwijderd.';

alter table aanhangsel.lidmaatschap
    alter column van drop not null,
    -- the source may hold the same period twice, under two ids
    drop constraint lidmaatschap_key,
    drop constraint lidmaatschap_periode;
alter table aanhangsel.lidmaatschap
    add constraint lidmaatschap_periode check (tot >= van - 1);
create index lidmaatschap_persoon_id on aanhangsel.lidmaatschap (persoon_id);

alter table aanhangsel.fractie
    drop constraint fractie_periode;

alter table aanhangsel.zaak
    add column tk_id uuid constraint zaak_tk_id_key unique,
    add column soort text,
    add column titel text,
    add column vergaderjaar text,
    add column status text,
    add column ingetrokken boolean not null default false;
comment on column aanhangsel.zaak.tk_id is
    'GUID bij de Tweede Kamer; leeg zolang het nummer alleen uit publicaties bekend is.';
comment on column aanhangsel.zaak.soort is 'Soort volgens de Tweede Kamer.';
comment on column aanhangsel.zaak.titel is 'Titel volgens de Tweede Kamer; gewoonlijk leeg.';
comment on column aanhangsel.zaak.vergaderjaar is 'Vergaderjaar volgens de Tweede Kamer.';
comment on column aanhangsel.zaak.status is 'Status volgens de Tweede Kamer.';
comment on column aanhangsel.zaak.ingetrokken is
    'Of de Tweede Kamer de zaak heeft verwijderd; de gegevens blijven staan.';
comment on column aanhangsel.zaak.onderwerp is
    'Onderwerp volgens de Tweede Kamer; leeg zolang alleen het nummer bekend is.';
comment on column aanhangsel.zaak.gestart_op is
    'Dag waarop de vragen zijn ingezonden, volgens de Tweede Kamer.';
comment on column aanhangsel.zaak.termijn is
    'Uiterste dag van beantwoording, waar de Tweede Kamer die geeft.';
comment on column aanhangsel.zaak.afgedaan is
    'Of de zaak volgens de Tweede Kamer is afgedaan.';

create index zaak_gestart_op on aanhangsel.zaak (gestart_op);

create table aanhangsel.zaak_verband (
    zaaknummer text not null constraint zaak_verband_zaak
        references aanhangsel.zaak on delete cascade,
    ander_zaaknummer text not null,
    soort text not null
        constraint zaak_verband_soort
        check (soort in ('aanvulling op', 'gerelateerd aan', 'vervangt')),
    bekend_door text not null,
    constraint zaak_verband_pkey primary key (zaaknummer, ander_zaaknummer, soort)
);
create index zaak_verband_ander on aanhangsel.zaak_verband (ander_zaaknummer);
comment on table aanhangsel.zaak_verband is
    'Eén rij per verband tussen twee zaken: aanvullende vragen, of wat de Tweede Kamer zelf verbindt.';
comment on column aanhangsel.zaak_verband.zaaknummer is 'De latere zaak.';
comment on column aanhangsel.zaak_verband.ander_zaaknummer is
    'De zaak waar hij bij hoort; hoeft niet geladen te zijn.';
comment on column aanhangsel.zaak_verband.soort is
    'aanvulling op, gerelateerd aan of vervangt.';
comment on column aanhangsel.zaak_verband.bekend_door is
    'toelichting (de vragen zeggen het zelf) of tweedekamer.';

comment on column aanhangsel.publicatie_zaak.bekend_door is
    'Waardoor het verband bekend is: vraagnummer (gedrukt of in de metadata), zaak (de Tweede Kamer verbindt het document), kv (de publicatie van de vragen noemt het nummer), zie ook (zelfde dag van indiening, en het antwoord wijst ernaar) of vragers, dag en onderwerp (alle drie stemmen overeen met één zaak).';

alter table aanhangsel.signaal
    drop constraint signaal_pkey,
    alter column publicatie_id drop not null,
    add column zaaknummer text constraint signaal_zaak
        references aanhangsel.zaak on delete cascade,
    add constraint signaal_key unique (publicatie_id, volgorde),
    add constraint signaal_zaak_key unique (zaaknummer, volgorde),
    add constraint signaal_over check ((publicatie_id is null) <> (zaaknummer is null));
comment on table aanhangsel.signaal is
    'Eén rij per bijzonderheid van een publicatie of van een zaak: bewaard zoals gegeven en gemeld, nooit stilzwijgend hersteld.';
comment on column aanhangsel.signaal.publicatie_id is
    'De publicatie; leeg bij een bijzonderheid van een zaak.';
comment on column aanhangsel.signaal.zaaknummer is
    'De zaak; leeg bij een bijzonderheid van een publicatie.';
comment on column aanhangsel.signaal.volgorde is
    'Volgorde binnen de publicatie of zaak; vanaf 1001 wat bij het verbinden met andere gegevens bleek.';

alter table aanhangsel.publicatie_versie
    drop constraint publicatie_versie_reden,
    add constraint publicatie_versie_reden check (reden in (
        'eerste', 'gewijzigd', 'metadata gewijzigd', 'herlezen', 'andere vorm',
        'andere bron', 'herdruk', 'nieuwe versie', 'oudere druk', 'ingetrokken',
        'teruggekeerd'
    ));
comment on column aanhangsel.publicatie_versie.reden is
    'eerste, gewijzigd, metadata gewijzigd, herlezen (andere parser), andere vorm, andere bron, herdruk, nieuwe versie, oudere druk, ingetrokken of teruggekeerd.';

-- -------------------------------------------------------------- content as one value

create function aanhangsel.inhoud(publicatie_id bigint) returns jsonb
language sql
stable
parallel safe
as $$
    -- as the tables hold it now; publicatie_versie keeps the former ones in this form
    select
        jsonb_build_object(
            'identifier', huidig.identifier,
            'kamer', huidig.kamer,
            'vergaderjaar', huidig.vergaderjaar,
            'aanhangselnummer', huidig.aanhangselnummer,
            'toevoeging', huidig.toevoeging,
            'zaaknummers', (
                select coalesce(jsonb_agg(zaaknummer order by zaaknummer), '[]')
                from aanhangsel.publicatie_zaak
                where publicatie_id = huidig.publicatie_id
                    and bekend_door in ('vraagnummer', 'zaak')
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
                    and volgorde <= 1000
            )
        )
    from aanhangsel.publicatie as huidig
    where huidig.publicatie_id = inhoud.publicatie_id
$$;
comment on function aanhangsel.inhoud(bigint) is
    'De hele inhoud van een publicatie zoals die nu geldt, als één JSON-object: de vorm van publicatie_versie.inhoud.';

-- ------------------------------------------------------------ the mirror for analysts

create view aanhangsel.document as
select
    entity.entity_id as tk_id,
    entity.fields ->> 'documentnummer' as documentnummer,
    entity.fields ->> 'soort' as soort,
    entity.fields ->> 'onderwerp' as onderwerp,
    entity.fields ->> 'titel' as titel,
    left(entity.fields ->> 'datum', 10)::date as datum,
    entity.fields ->> 'vergaderjaar' as vergaderjaar,
    entity.fields ->> 'aanhangselnummer' as aanhangselnummer,
    versie.fields ->> 'externeidentifier' as externe_identifier,
    array(
        select zaak.fields ->> 'nummer'
        from jsonb_array_elements_text(entity.refs -> 'zaak') as ref (zaak_id)
        join etl.entity as zaak on zaak.entity_id = ref.zaak_id::uuid
        where zaak.category = 'Zaak'
            and zaak.fields ->> 'nummer' is not null
        order by zaak.fields ->> 'nummer' collate "C"
    ) as zaaknummers,
    reading.publicatie_id,
    entity.deleted as ingetrokken
from etl.entity as entity
left join etl.entity as versie
    on versie.entity_id = (entity.refs -> 'huidigedocumentversie' ->> 0)::uuid
left join etl.reading as reading
    on reading.source = 'tweedekamer'
    and reading.identifier = entity.entity_id::text
where entity.category = 'Document'
    and entity.state = 'kept';
comment on view aanhangsel.document is
    'Eén rij per document van de Tweede Kamer over schriftelijke vragen, ook als het zelf (nog) niet gelezen kon worden.';
comment on column aanhangsel.document.tk_id is 'GUID bij de Tweede Kamer.';
comment on column aanhangsel.document.documentnummer is 'Nummer zoals 2025D04328.';
comment on column aanhangsel.document.soort is
    'Soort volgens de Tweede Kamer; zegt niet zeker wat het is.';
comment on column aanhangsel.document.onderwerp is 'Onderwerp volgens de Tweede Kamer.';
comment on column aanhangsel.document.titel is 'Titel volgens de Tweede Kamer.';
comment on column aanhangsel.document.datum is 'Datum volgens de Tweede Kamer.';
comment on column aanhangsel.document.vergaderjaar is 'Vergaderjaar volgens de Tweede Kamer.';
comment on column aanhangsel.document.aanhangselnummer is
    'Negen cijfers: vergaderjaar en nummer, zoals 232401999.';
comment on column aanhangsel.document.externe_identifier is
    'Naam bij Officiële bekendmakingen, waar de Tweede Kamer die kent.';
comment on column aanhangsel.document.zaaknummers is 'De zaken waar het bij hoort.';
comment on column aanhangsel.document.publicatie_id is
    'De publicatie die het is; leeg zolang het niet gelezen is.';
comment on column aanhangsel.document.ingetrokken is
    'Of de Tweede Kamer het heeft verwijderd.';

create view aanhangsel.zaak_actor as
select
    zaak.fields ->> 'nummer' as zaaknummer,
    actor.fields ->> 'relatie' as relatie,
    actor.fields ->> 'actornaam' as naam,
    actor.fields ->> 'actorfractie' as fractie,
    actor.fields ->> 'functie' as functie,
    persoon.persoon_id,
    actor.entity_id as tk_id
from etl.entity as actor
join etl.entity as zaak
    on zaak.entity_id = actor.parent_id
left join aanhangsel.persoon as persoon
    on persoon.tk_id = (actor.refs -> 'persoon' ->> 0)::uuid
where actor.category = 'ZaakActor'
    and actor.state = 'kept'
    and not actor.deleted
    and zaak.category = 'Zaak';
comment on view aanhangsel.zaak_actor is
    'Eén rij per betrokkene bij een zaak volgens de Tweede Kamer.';
comment on column aanhangsel.zaak_actor.zaaknummer is 'De zaak.';
comment on column aanhangsel.zaak_actor.relatie is
    'Indiener, Medeindiener, Gericht aan, Voortouwcommissie of wat de Tweede Kamer verder geeft.';
comment on column aanhangsel.zaak_actor.naam is 'Naam zoals gegeven.';
comment on column aanhangsel.zaak_actor.fractie is 'Fractie zoals gegeven.';
comment on column aanhangsel.zaak_actor.functie is 'Functie zoals gegeven.';
comment on column aanhangsel.zaak_actor.persoon_id is 'De persoon, waar de Tweede Kamer die noemt.';
comment on column aanhangsel.zaak_actor.tk_id is 'GUID bij de Tweede Kamer.';
