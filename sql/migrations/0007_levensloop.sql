-- The life of a question as views: how long an answer took, what came before it, which
-- questions are still open, which numbers are missing and what changed between versions.

-- --------------------------------------------------------------------- numbers missing

create table etl.gap (
    kamer text not null
        constraint gap_kamer check (kamer in ('tk', 'ek')),
    vergaderjaar text not null
        constraint gap_vergaderjaar check (vergaderjaar ~ '^[0-9]{4}-[0-9]{4}$'),
    aanhangselnummer integer not null
        constraint gap_aanhangselnummer check (aanhangselnummer > 0),
    attempts integer not null default 0
        constraint gap_attempts check (attempts >= 0),
    last_tried_at timestamptz,
    next_try_at timestamptz,
    reason text,
    constraint gap_pkey primary key (kamer, vergaderjaar, aanhangselnummer)
);
comment on table etl.gap is
    'One row a number that was looked for at the sources because it is missing here.';
comment on column etl.gap.kamer is 'tk or ek.';
comment on column etl.gap.vergaderjaar is 'Parliamentary year, such as 2024-2025.';
comment on column etl.gap.aanhangselnummer is 'The missing number.';
comment on column etl.gap.attempts is 'How often it was looked for.';
comment on column etl.gap.last_tried_at is 'When it was last looked for; null if never.';
comment on column etl.gap.next_try_at is 'When it is looked for again.';
comment on column etl.gap.reason is
    'Why it is still missing, in Dutch: aanhangsel.hiaat shows it. Null: no source has it.';

create view etl.number_range as
with stap as (
    -- the steps over a number that is missing, and the last number of every year
    select
        kamer,
        vergaderjaar,
        nummer,
        vorige,
        rang,
        max(rang) over (partition by kamer, vergaderjaar) as totaal
    from (
        select
            kamer,
            vergaderjaar,
            aanhangselnummer as nummer,
            lag(aanhangselnummer, 1, 0) over oplopend as vorige,
            lead(aanhangselnummer) over oplopend as volgende,
            row_number() over oplopend as rang
        from aanhangsel.publicatie
        where aanhangselnummer > 0
            and toevoeging = ''
        window oplopend as (
            partition by kamer, vergaderjaar order by aanhangselnummer
        )
    ) as genummerd
    where nummer - vorige > 1
        or volgende is null
),
jaar as (
    select
        stap.kamer,
        stap.vergaderjaar,
        max(stap.totaal) as totaal,
        coalesce(
            min(stap.rang) filter (where uitbijter.begint) - 1, max(stap.totaal)
        ) as aantal,
        coalesce(
            min(stap.vorige) filter (where uitbijter.begint), max(stap.nummer)
        ) as laatste,
        coalesce(
            range_agg(int4range(stap.vorige + 1, stap.nummer)), '{}'
        ) as overgeslagen
    from stap
    cross join lateral (
        select
            stap.rang > 1
            and stap.rang > stap.totaal - 2
            and stap.nummer - stap.vorige > 100
            -- Of a year that was loaded in part every second step may be a hundred:
            -- a jump is one only beside the steps before it.
            and stap.nummer - stap.vorige
                > 10.0 * stap.vorige / greatest(stap.rang - 1, 1)
            as begint
    ) as uitbijter
    group by stap.kamer, stap.vergaderjaar
)
select
    kamer,
    vergaderjaar,
    aantal,
    laatste,
    totaal - aantal as uitbijters,
    overgeslagen * int4multirange(int4range(1, laatste + 1)) as gaten
from jaar;
comment on view etl.number_range is
    'One row a kamer and vergaderjaar of which a number is loaded: how far its numbers run and which are missing. aanhangsel.nummering, hiaat and uitbijter show it.';
comment on column etl.number_range.kamer is 'tk or ek.';
comment on column etl.number_range.vergaderjaar is 'Parliamentary year, such as 2024-2025.';
comment on column etl.number_range.aantal is 'Numbers loaded, without the outliers.';
comment on column etl.number_range.laatste is
    'Highest number loaded that is no outlier: more than 100 and ten usual steps beyond the one before, with at most two numbers at or after it.';
comment on column etl.number_range.uitbijters is 'Numbers loaded that are outliers.';
comment on column etl.number_range.gaten is 'The missing numbers from 1 to laatste.';

create view aanhangsel.nummering as
select
    kamer,
    vergaderjaar,
    aantal,
    laatste,
    laatste - aantal as ontbrekend,
    uitbijters
from etl.number_range;
comment on view aanhangsel.nummering is
    'Eén rij per kamer en vergaderjaar waarvan een nummer geladen is: hoe ver de nummers lopen en hoeveel er ontbreken. Nummers met een letter (6a) tellen niet mee, ingetrokken publicaties wel.';
comment on column aanhangsel.nummering.kamer is 'tk of ek.';
comment on column aanhangsel.nummering.vergaderjaar is 'Het vergaderjaar.';
comment on column aanhangsel.nummering.aantal is
    'Aantal geladen nummers, zonder de uitbijters.';
comment on column aanhangsel.nummering.laatste is
    'Hoogste geladen nummer dat geen uitbijter is.';
comment on column aanhangsel.nummering.ontbrekend is
    'Aantal nummers van 1 tot en met laatste dat niet geladen is: de rijen van hiaat.';
comment on column aanhangsel.nummering.uitbijters is
    'Aantal nummers dat ver buiten de reeks valt: de rijen van uitbijter.';

create view aanhangsel.hiaat as
with genoemd as (
    -- every spelling of a number: ah-tk-20202021-0041, -AH2134, -2031-h1
    select
        regexp_match(
            lower(probleem.identifier),
            '^ah-(tk|ek)-([0-9]{4})([0-9]{4})-(?:ah)?0*([0-9]{1,9})(?:-[hn][0-9]?)?$'
        ) as deel,
        probleem.code,
        probleem.last_seen_at
    from etl.run_problem as probleem
    where probleem.resolved_at is null
    union all
    -- a document of the Tweede Kamer: nine digits, 232401999
    select
        array[
            'tk',
            case when nummer.deel[1] >= '50' then '19' else '20' end || nummer.deel[1],
            case when nummer.deel[2] >= '50' then '19' else '20' end || nummer.deel[2],
            nummer.deel[3]
        ] as deel,
        probleem.code,
        probleem.last_seen_at
    from etl.run_problem as probleem
    join etl.entity as document
        on document.entity_id = case
            when probleem.identifier
                ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            then probleem.identifier::uuid
        end
    cross join lateral regexp_match(
        document.fields ->> 'aanhangselnummer', '^([0-9]{2})([0-9]{2})0*([0-9]{1,5})$'
    ) as nummer (deel)
    where probleem.resolved_at is null
        and document.category = 'Document'
        and nummer.deel is not null
),
quarantaine as (
    select distinct on (deel[1], deel[2], deel[3], deel[4]::integer)
        deel[1] as kamer,
        deel[2] || '-' || deel[3] as vergaderjaar,
        deel[4]::integer as aanhangselnummer,
        code,
        last_seen_at
    from genoemd
    where deel is not null
    order by
        deel[1], deel[2], deel[3], deel[4]::integer, last_seen_at desc, code collate "C"
)
select
    nummering.kamer,
    nummering.vergaderjaar,
    nummer as aanhangselnummer,
    greatest(quarantaine.last_seen_at, gap.last_tried_at) as laatst_geprobeerd,
    case
        when quarantaine.code is not null then 'in quarantaine: ' || quarantaine.code
        when gap.last_tried_at is not null
            then coalesce(gap.reason, 'bij de bron niet gevonden')
        else 'nog niet opgehaald'
    end as reden
from etl.number_range as nummering
cross join lateral unnest(nummering.gaten) as gat
cross join lateral generate_series(lower(gat), upper(gat) - 1) as nummer
left join etl.gap as gap
    on gap.kamer = nummering.kamer
    and gap.vergaderjaar = nummering.vergaderjaar
    and gap.aanhangselnummer = nummer
left join quarantaine
    on quarantaine.kamer = nummering.kamer
    and quarantaine.vergaderjaar = nummering.vergaderjaar
    and quarantaine.aanhangselnummer = nummer;
comment on view aanhangsel.hiaat is
    'Eén rij per nummer dat ontbreekt, van 1 tot het hoogste geladen nummer van die kamer en dat vergaderjaar. Een jaar waarvan niets geladen is staat er niet in; nummers die te hoog zijn om waar te zijn staan in uitbijter.';
comment on column aanhangsel.hiaat.kamer is 'tk of ek.';
comment on column aanhangsel.hiaat.vergaderjaar is 'Het vergaderjaar.';
comment on column aanhangsel.hiaat.aanhangselnummer is 'Het nummer dat ontbreekt.';
comment on column aanhangsel.hiaat.laatst_geprobeerd is
    'Wanneer het voor het laatst gezocht is of in quarantaine kwam; leeg als dat nooit was.';
comment on column aanhangsel.hiaat.reden is
    'in quarantaine: code (het document is er, maar niet te begrijpen), bij de bron niet gevonden, of nog niet opgehaald.';

create view aanhangsel.uitbijter as
with jaar as materialized (
    select
        kamer,
        vergaderjaar,
        laatste,
        uitbijters,
        gaten
    from etl.number_range
)
select
    publicatie.kamer,
    publicatie.vergaderjaar,
    publicatie.aanhangselnummer,
    publicatie.identifier,
    publicatie.publicatie_id,
    coalesce(elders.vergaderjaar, typefout.vergaderjaar) as past_op,
    coalesce(elders.nummer, typefout.nummer) as past_nummer
from jaar
join aanhangsel.publicatie as publicatie
    on publicatie.kamer = jaar.kamer
    and publicatie.vergaderjaar = jaar.vergaderjaar
    and publicatie.aanhangselnummer > jaar.laatste
    and publicatie.toevoeging = ''
left join lateral (
    -- the same number, in the one other year that lacks it
    select
        min(ander.vergaderjaar) as vergaderjaar,
        publicatie.aanhangselnummer as nummer
    from jaar as ander
    where ander.kamer = publicatie.kamer
        and ander.vergaderjaar <> publicatie.vergaderjaar
        and ander.gaten @> publicatie.aanhangselnummer
    having count(*) = 1
) as elders on true
left join lateral (
    -- the same year, with one digit less
    select
        jaar.vergaderjaar,
        min(korter.nummer) as nummer
    from (
        select distinct
            overlay(cijfers.tekst placing '' from plaats for 1)::integer as nummer
        from (select publicatie.aanhangselnummer::text as tekst) as cijfers
        cross join lateral generate_series(1, length(cijfers.tekst)) as plaats
        where length(cijfers.tekst) > 1
    ) as korter
    where jaar.gaten @> korter.nummer
    having count(*) = 1
) as typefout on elders.vergaderjaar is null
where jaar.uitbijters > 0;
comment on view aanhangsel.uitbijter is
    'Eén rij per publicatie waarvan het nummer ver buiten de reeks van haar vergaderjaar valt, gewoonlijk een typefout: meer dan 100 (en meer dan tien gewone stappen) boven het vorige, met hoogstens één nummer erna. De publicatie houdt haar nummer.';
comment on column aanhangsel.uitbijter.kamer is 'tk of ek.';
comment on column aanhangsel.uitbijter.vergaderjaar is 'Het vergaderjaar.';
comment on column aanhangsel.uitbijter.aanhangselnummer is
    'Het nummer zoals gegeven.';
comment on column aanhangsel.uitbijter.identifier is 'Identifier van de publicatie.';
comment on column aanhangsel.uitbijter.publicatie_id is 'De publicatie.';
comment on column aanhangsel.uitbijter.past_op is
    'Vergaderjaar waarvan zij het hiaat kan vullen, alleen als er precies één in aanmerking komt: hetzelfde nummer in een ander jaar, anders een cijfer minder in hetzelfde jaar.';
comment on column aanhangsel.uitbijter.past_nummer is 'Het nummer van dat hiaat.';

-- ------------------------------------------------------------------ days to an answer

-- which document was read as a publication: the name of a record is text
create index entity_document_naam on etl.entity ((entity_id::text))
    where state = 'kept' and category = 'Document';
create index entity_document_soort on etl.entity ((fields ->> 'soort'))
    where state = 'kept' and category = 'Document';

create or replace view aanhangsel.antwoordtermijn as
with kalender as materialized (
    select
        (
            select coalesce(range_agg(daterange(reces.van, reces.tot, '[]')), '{}')
            from aanhangsel.reces as reces
            where reces.van <= reces.tot
        ) as reces,
        (
            select coalesce(range_agg(daterange(dekking.van, dekking.tot, '[]')), '{}')
            from aanhangsel.reces_dekking as dekking
            where dekking.van <= dekking.tot
        ) as dekking
),
-- what the text of a document says goes before what the Tweede Kamer calls it
uitgesteld_door_document as (
    select ref.zaak_id::uuid as tk_id
    from etl.entity as document
    left join etl.reading as reading
        on reading.source = 'tweedekamer'
        and reading.identifier = document.entity_id::text
    left join aanhangsel.publicatie as gelezen
        on gelezen.publicatie_id = reading.publicatie_id
    cross join lateral jsonb_array_elements_text(document.refs -> 'zaak')
        as ref (zaak_id)
    where document.category = 'Document'
        and document.state = 'kept'
        and not document.deleted
        and document.fields ->> 'soort' = 'Mededeling (uitstel antwoord)'
        and coalesce(gelezen.soort, 'uitstel') = 'uitstel'
)
select
    publicatie.publicatie_id,
    publicatie.identifier,
    begin.ingezonden,
    publicatie.ontvangen,
    termijn.dagen,
    reces.dagen_zonder_reces,
    uitstel.bekend_door is not null as uitgesteld,
    termijn.dagen > mag.dagen as te_laat,
    reces.dagen_zonder_reces > mag.dagen as te_laat_zonder_reces,
    zaak.termijn,
    publicatie.ontvangen > zaak.termijn as te_laat_termijn,
    uitstel.bekend_door as uitgesteld_door
from aanhangsel.publicatie as publicatie
cross join kalender
cross join lateral (
    select
        case when count(*) = 1 then min(zaak.gestart_op) end as gestart_op,
        min(zaak.termijn) as termijn
    from aanhangsel.publicatie_zaak as publicatie_zaak
    join aanhangsel.zaak as zaak
        on zaak.zaaknummer = publicatie_zaak.zaaknummer
    where publicatie_zaak.publicatie_id = publicatie.publicatie_id
) as zaak
cross join lateral (
    select coalesce(publicatie.ingezonden, zaak.gestart_op) as ingezonden
) as begin
cross join lateral (
    select publicatie.ontvangen - begin.ingezonden as dagen
) as termijn
cross join lateral (
    select
        -- a range cannot run backwards
        case when termijn.dagen >= 0 then
            case
                when kalender.dekking
                    @> daterange(begin.ingezonden, publicatie.ontvangen, '[]')
                then termijn.dagen - (
                    select coalesce(sum(upper(vrij) - lower(vrij)), 0)::integer
                    from unnest(
                        kalender.reces * datemultirange(
                            daterange(begin.ingezonden + 1, publicatie.ontvangen + 1)
                        )
                    ) as vrij
                )
            end
        end as dagen_zonder_reces
    -- each of these is asked for twice: worked out once
    offset 0
) as reces
cross join lateral (
    select
        case
            when exists (
                select
                from aanhangsel.publicatie_zaak as eigen
                join aanhangsel.publicatie_zaak as ander
                    on ander.zaaknummer = eigen.zaaknummer
                join aanhangsel.publicatie as eerder
                    on eerder.publicatie_id = ander.publicatie_id
                where eigen.publicatie_id = publicatie.publicatie_id
                    and eerder.soort = 'uitstel'
                    and eerder.status <> 'ingetrokken'
            ) or exists (
                select
                from aanhangsel.verwijzing as verwijzing
                join aanhangsel.publicatie as eerder
                    on eerder.publicatie_id = verwijzing.doel_publicatie_id
                where verwijzing.publicatie_id = publicatie.publicatie_id
                    and verwijzing.soort = 'zie ook'
                    and eerder.soort = 'uitstel'
                    and eerder.status <> 'ingetrokken'
            ) then 'publicatie'
            when publicatie.publicatie_id in (
                select publicatie_zaak.publicatie_id
                from uitgesteld_door_document
                join aanhangsel.zaak as zaak
                    on zaak.tk_id = uitgesteld_door_document.tk_id
                join aanhangsel.publicatie_zaak as publicatie_zaak
                    on publicatie_zaak.zaaknummer = zaak.zaaknummer
            ) then 'document'
        end as bekend_door
    offset 0
) as uitstel
cross join lateral (
    select case when uitstel.bekend_door is null then 21 else 42 end as dagen
) as mag
where publicatie.soort = 'antwoord'
    and publicatie.status <> 'ingetrokken';

comment on view aanhangsel.antwoordtermijn is
    'Eén rij per antwoord (geen nader antwoord): hoe lang het duurde en of dat te laat is. Uitstel is bekend door hetzelfde zaaknummer, een regel "Zie ook Aanhangsel" of een document van de Tweede Kamer; uitstel dat niet geladen is telt niet mee.';
comment on column aanhangsel.antwoordtermijn.ingezonden is
    'Dag van indiening zoals gedrukt; waar die ontbreekt de dag waarop de enige zaak van het antwoord begon.';
comment on column aanhangsel.antwoordtermijn.dagen_zonder_reces is
    'Dagen na de dag van indiening die niet in een reces vallen; leeg waar reces_dekking niet zegt dat de kalender voor de hele periode volledig is.';
comment on column aanhangsel.antwoordtermijn.uitgesteld is
    'Of er een geladen mededeling van uitstel bij hoort; false zegt niets over wat niet is geladen.';
comment on column aanhangsel.antwoordtermijn.te_laat is
    'Meer dan 21 dagen, na een geladen uitstel meer dan 42; leeg als dagen leeg is.';
comment on column aanhangsel.antwoordtermijn.te_laat_zonder_reces is
    'Hetzelfde met dagen_zonder_reces; leeg als die leeg is.';
comment on column aanhangsel.antwoordtermijn.termijn is
    'Vroegste uiterste dag van beantwoording van de zaken van het antwoord, waar de Tweede Kamer die geeft.';
comment on column aanhangsel.antwoordtermijn.te_laat_termijn is
    'Of het na termijn is ontvangen; leeg als een van beide leeg is.';
comment on column aanhangsel.antwoordtermijn.uitgesteld_door is
    'Waardoor het uitstel bekend is: publicatie (in het Aanhangsel), document (alleen bij de Tweede Kamer, en niet als iets anders gelezen) of leeg.';

create or replace view aanhangsel.fractie_maand as
with per_publicatie as (
    select
        termijn.publicatie_id,
        date_trunc('month', termijn.ontvangen)::date as maand,
        termijn.dagen,
        termijn.te_laat,
        (
            select count(*)
            from aanhangsel.vraag as vraag
            cross join lateral unnest(vraag.nummers) as nummer
            where vraag.publicatie_id = termijn.publicatie_id
        ) as vragen
    from aanhangsel.antwoordtermijn as termijn
    where termijn.ontvangen is not null
),
per_fractie as (
    -- Not fractie_op_datum: the Tweede Kamer abbreviates some groups otherwise than the
    -- table of spellings (GL, GroenLinks), so one group would be counted under two.
    select distinct
        indiener.publicatie_id,
        coalesce(indiener.fractie_code, indiener.fractie, 'onbekend') as fractie
    from aanhangsel.indiener as indiener
)
select
    per_publicatie.maand,
    per_fractie.fractie,
    sum(per_publicatie.vragen)::bigint as vragen,
    count(*) as antwoorden,
    percentile_cont(0.5) within group (order by per_publicatie.dagen) as mediaan_dagen,
    count(*) filter (where per_publicatie.te_laat) as te_laat
from per_publicatie
join per_fractie on per_fractie.publicatie_id = per_publicatie.publicatie_id
group by per_publicatie.maand, per_fractie.fractie;
comment on column aanhangsel.fractie_maand.fractie is
    'Code van de gedrukte fractie; waar die niet zeker is de fractie zoals gedrukt. Niet fractie_op_datum: de Tweede Kamer kort sommige fracties anders af.';

-- -------------------------------------------------------------------- chains and cases

create function aanhangsel.levensfase(soort text) returns integer
language sql
immutable
parallel safe
as $$
    select array_position(
        array['vraag', 'uitstel', 'antwoord', 'mededeling', 'nader_antwoord'], soort
    )
$$;
comment on function aanhangsel.levensfase(text) is
    'Volgorde van de soorten in het leven van een vraag, voor wat op dezelfde dag verscheen.';

create view aanhangsel.uitstelketen as
with recursive los as (
    -- what no case holds together, and is held together by "Zie ook" on the same day
    select
        publicatie.publicatie_id,
        publicatie.soort,
        publicatie.ingezonden
    from aanhangsel.publicatie as publicatie
    where publicatie.status <> 'ingetrokken'
        and publicatie.ingezonden is not null
        and not exists (
            select
            from aanhangsel.publicatie_zaak as publicatie_zaak
            where publicatie_zaak.publicatie_id = publicatie.publicatie_id
        )
),
paar as (
    select
        verwijzing.publicatie_id as een,
        verwijzing.doel_publicatie_id as ander
    from los as uitstel
    join aanhangsel.verwijzing as verwijzing
        on verwijzing.doel_publicatie_id = uitstel.publicatie_id
    join los as later
        on later.publicatie_id = verwijzing.publicatie_id
    where verwijzing.soort = 'zie ook'
        and uitstel.soort = 'uitstel'
        and later.ingezonden = uitstel.ingezonden
        and later.publicatie_id <> uitstel.publicatie_id
),
buur as (
    select een, ander from paar
    union
    select ander, een from paar
),
bereik as (
    select een as publicatie_id, een as ander from buur
    union
    select bereik.publicatie_id, buur.ander
    from bereik
    join buur on buur.een = bereik.ander
),
groep as (
    select publicatie_id, min(ander) as groep
    from bereik
    group by publicatie_id
),
met_zaak as (
    select
        publicatie_zaak.zaaknummer,
        row_number() over leven as stap,
        publicatie.publicatie_id,
        publicatie.identifier,
        publicatie.soort,
        publicatie.ontvangen,
        publicatie.ontvangen - coalesce(
            zaak.gestart_op,
            min(publicatie.ingezonden) over (partition by publicatie_zaak.zaaknummer)
        ) as dagen,
        publicatie_zaak.bekend_door,
        publicatie_zaak.zaaknummer as keten
    from aanhangsel.publicatie_zaak as publicatie_zaak
    join aanhangsel.zaak as zaak
        on zaak.zaaknummer = publicatie_zaak.zaaknummer
    join aanhangsel.publicatie as publicatie
        on publicatie.publicatie_id = publicatie_zaak.publicatie_id
    where publicatie.status <> 'ingetrokken'
    window leven as (
        partition by publicatie_zaak.zaaknummer
        order by
            publicatie.soort <> 'vraag',
            publicatie.ontvangen,
            aanhangsel.levensfase(publicatie.soort),
            coalesce(publicatie.identifier, publicatie.voorlopige_sleutel) collate "C"
    )
),
zonder_zaak as (
    select
        row_number() over leven as stap,
        publicatie.publicatie_id,
        publicatie.identifier,
        publicatie.soort,
        publicatie.ontvangen,
        publicatie.ontvangen - publicatie.ingezonden as dagen,
        'zie ook' as bekend_door,
        last_value(
            coalesce(publicatie.identifier, publicatie.voorlopige_sleutel)
        ) over (
            leven rows between unbounded preceding and unbounded following
        ) as keten
    from groep
    join aanhangsel.publicatie as publicatie
        on publicatie.publicatie_id = groep.publicatie_id
    window leven as (
        partition by groep.groep
        order by
            publicatie.ontvangen,
            aanhangsel.levensfase(publicatie.soort),
            coalesce(publicatie.identifier, publicatie.voorlopige_sleutel) collate "C"
    )
)
select
    schakel.zaaknummer,
    schakel.stap,
    schakel.publicatie_id,
    schakel.identifier,
    schakel.soort,
    schakel.ontvangen,
    schakel.dagen,
    schakel.bekend_door,
    schakel.keten,
    (
        select string_agg(distinct document.fields ->> 'soort', ', ')
        from etl.reading as reading
        join etl.entity as document
            on document.entity_id::text = reading.identifier
        where reading.publicatie_id = schakel.publicatie_id
            and reading.source = 'tweedekamer'
            and document.category = 'Document'
            and document.state = 'kept'
            and not document.deleted
    ) as document_soort
from (
    select * from met_zaak
    union all
    -- outside of its windows, so that a search for one zaak leaves all this out
    select null::text as zaaknummer, zonder_zaak.* from zonder_zaak
) as schakel;
comment on view aanhangsel.uitstelketen is
    'Eén rij per publicatie van een zaak, in de volgorde van haar leven: vraag, uitstel, antwoord, nader antwoord. Ondanks de naam staan ook zaken zonder uitstel erin. Wat geen zaaknummer heeft staat er alleen in als een regel "Zie ook Aanhangsel" het verbindt met uitstel van vragen van dezelfde dag.';
comment on column aanhangsel.uitstelketen.zaaknummer is
    'De zaak; leeg voor een keten die alleen door "Zie ook" bekend is.';
comment on column aanhangsel.uitstelketen.stap is
    'Plaats in de keten, vanaf 1: eerst de vraag, dan op dag van ontvangst.';
comment on column aanhangsel.uitstelketen.publicatie_id is 'De publicatie.';
comment on column aanhangsel.uitstelketen.identifier is
    'Identifier van de publicatie; leeg zolang die er niet is.';
comment on column aanhangsel.uitstelketen.soort is
    'vraag, uitstel, antwoord, mededeling of nader_antwoord.';
comment on column aanhangsel.uitstelketen.ontvangen is
    'Dag van ontvangst; leeg bij een vraag.';
comment on column aanhangsel.uitstelketen.dagen is
    'Kalenderdagen vanaf de dag waarop de zaak begon, anders vanaf de gedrukte dag van indiening.';
comment on column aanhangsel.uitstelketen.bekend_door is
    'Waardoor het verband bekend is, als in publicatie_zaak.';
comment on column aanhangsel.uitstelketen.keten is
    'Naam van de keten: het zaaknummer, anders de identifier van haar laatste publicatie.';
comment on column aanhangsel.uitstelketen.document_soort is
    'Soort van het document volgens de Tweede Kamer, waar het daarvandaan gelezen is.';

create index zaak_open on aanhangsel.zaak (zaaknummer)
    where afgedaan is not true and not ingetrokken;

create view aanhangsel.openstaande_vraag as
select
    zaak.zaaknummer,
    coalesce(zaak.onderwerp, gedrukt.onderwerp) as onderwerp,
    coalesce(actor.indieners, gedrukt.indieners, '{}') as indieners,
    coalesce(actor.ministeries, gedrukt.ministeries, '{}') as ministeries,
    begin.gestart_op,
    begin.dagen_open,
    uitstel.bekend as uitgesteld,
    begin.dagen_open > case when uitstel.bekend then 42 else 21 end as te_laat,
    zaak.termijn,
    current_date > zaak.termijn as te_laat_termijn
from aanhangsel.zaak as zaak
left join lateral (
    -- the questions themselves, else the notice that prints their heading too
    select
        publicatie.soort,
        publicatie.onderwerp,
        publicatie.ingezonden,
        (
            select array_agg(indiener.naam order by indiener.volgorde)
            from aanhangsel.indiener as indiener
            where indiener.publicatie_id = publicatie.publicatie_id
        ) as indieners,
        (
            select array_agg(
                coalesce(bewindspersoon.ministerie, bewindspersoon.functie)
                order by bewindspersoon.volgorde
            )
            from aanhangsel.bewindspersoon as bewindspersoon
            where bewindspersoon.publicatie_id = publicatie.publicatie_id
                and bewindspersoon.rol = 'gericht aan'
        ) as ministeries
    from aanhangsel.publicatie_zaak as publicatie_zaak
    join aanhangsel.publicatie as publicatie
        on publicatie.publicatie_id = publicatie_zaak.publicatie_id
    where publicatie_zaak.zaaknummer = zaak.zaaknummer
        and publicatie.soort in ('vraag', 'uitstel')
        and publicatie.status <> 'ingetrokken'
    order by
        publicatie.soort <> 'vraag',
        publicatie.ingezonden,
        coalesce(publicatie.identifier, publicatie.voorlopige_sleutel) collate "C"
    limit 1
) as gedrukt on true
left join lateral (
    select
        array_agg(wie.naam order by wie.relatie, wie.naam collate "C")
            filter (where wie.relatie <> 'Gericht aan') as indieners,
        array_agg(wie.naam order by wie.naam collate "C")
            filter (where wie.relatie = 'Gericht aan') as ministeries
    from (
        -- Indiener comes before Medeindiener, also by the alphabet
        select
            min(rij.relatie collate "C") as relatie,
            rij.naam
        from (
            select
                actor.fields ->> 'relatie' as relatie,
                coalesce(
                    case
                        when actor.fields ->> 'relatie' = 'Gericht aan'
                        then nullif(actor.fields ->> 'functie', '')
                    end,
                    nullif(actor.fields ->> 'actornaam', '')
                ) as naam
            from etl.entity as actor
            where actor.parent_id = zaak.tk_id
                and actor.category = 'ZaakActor'
                and actor.state = 'kept'
                and not actor.deleted
                and actor.fields ->> 'relatie'
                    in ('Indiener', 'Medeindiener', 'Gericht aan')
        ) as rij
        where rij.naam is not null
        group by rij.relatie = 'Gericht aan', rij.naam
    ) as wie
) as actor on true
cross join lateral (
    select
        coalesce(zaak.gestart_op, gedrukt.ingezonden) as gestart_op,
        current_date - coalesce(zaak.gestart_op, gedrukt.ingezonden) as dagen_open
) as begin
cross join lateral (
    -- what a document was read as goes before what the Tweede Kamer calls it
    select
        coalesce(bool_or(
            document.fields ->> 'soort' = 'Mededeling (uitstel antwoord)'
            and coalesce(gelezen.soort, 'uitstel') = 'uitstel'
        ), false) as uitgesteld,
        coalesce(bool_or(
            document.fields ->> 'soort' in (
                'Antwoord schriftelijke vragen', 'Antwoord schriftelijke vragen (nader)',
                'Aanhangsel van de Handelingen', 'Mededeling'
            )
            and coalesce(gelezen.soort, 'antwoord') not in ('uitstel', 'vraag')
        ), false) as beantwoord
    from etl.entity as document
    left join etl.reading as reading
        on reading.source = 'tweedekamer'
        and reading.identifier = document.entity_id::text
    left join aanhangsel.publicatie as gelezen
        on gelezen.publicatie_id = reading.publicatie_id
    where document.refs -> 'zaak' ? zaak.tk_id::text
        and document.category = 'Document'
        and document.state = 'kept'
        and not document.deleted
) as bij_kamer
cross join lateral (
    select bij_kamer.uitgesteld or exists (
        select
        from aanhangsel.publicatie_zaak as publicatie_zaak
        join aanhangsel.publicatie as publicatie
            on publicatie.publicatie_id = publicatie_zaak.publicatie_id
        where publicatie_zaak.zaaknummer = zaak.zaaknummer
            and publicatie.soort = 'uitstel'
            and publicatie.status <> 'ingetrokken'
    ) as bekend
    offset 0
) as uitstel
where zaak.afgedaan is not true
    and not zaak.ingetrokken
    and (
        zaak.soort = 'Schriftelijke vragen'
        or (zaak.soort is null and gedrukt.soort = 'vraag')
    )
    and not bij_kamer.beantwoord
    and not exists (
        select
        from aanhangsel.publicatie_zaak as publicatie_zaak
        join aanhangsel.publicatie as publicatie
            on publicatie.publicatie_id = publicatie_zaak.publicatie_id
        where publicatie_zaak.zaaknummer = zaak.zaaknummer
            and publicatie.soort in ('antwoord', 'mededeling', 'nader_antwoord')
            and publicatie.status <> 'ingetrokken'
    )
    -- oral questions are put in a sitting and answered there
    and not exists (
        select
        from aanhangsel.publicatie_zaak as publicatie_zaak
        join aanhangsel.signaal as signaal
            on signaal.publicatie_id = publicatie_zaak.publicatie_id
        where publicatie_zaak.zaaknummer = zaak.zaaknummer
            and signaal.code = 'mondelinge_vragen'
    );
comment on view aanhangsel.openstaande_vraag is
    'Eén rij per stel schriftelijke vragen waarop nog niets is gekomen dan hoogstens uitstel: niet afgedaan of verwijderd volgens de Tweede Kamer, zonder antwoord of andere mededeling in het Aanhangsel of bij de Tweede Kamer. Mondelinge vragen staan er niet in.';
comment on column aanhangsel.openstaande_vraag.zaaknummer is 'De zaak.';
comment on column aanhangsel.openstaande_vraag.onderwerp is
    'Onderwerp volgens de Tweede Kamer, anders zoals gedrukt.';
comment on column aanhangsel.openstaande_vraag.indieners is
    'Namen van de indieners volgens de Tweede Kamer, de eerste indiener voorop; anders zoals gedrukt.';
comment on column aanhangsel.openstaande_vraag.ministeries is
    'Aan wie gevraagd is: volgens de Tweede Kamer de functie, anders de naam; waar die niets geeft het ministerie zoals gedrukt.';
comment on column aanhangsel.openstaande_vraag.gestart_op is
    'Dag van indiening volgens de Tweede Kamer, anders zoals gedrukt.';
comment on column aanhangsel.openstaande_vraag.dagen_open is
    'Kalenderdagen van indiening tot vandaag.';
comment on column aanhangsel.openstaande_vraag.uitgesteld is
    'Of er een geladen mededeling van uitstel bij hoort, in het Aanhangsel of bij de Tweede Kamer.';
comment on column aanhangsel.openstaande_vraag.te_laat is
    'Meer dan 21 dagen open, na uitstel meer dan 42.';
comment on column aanhangsel.openstaande_vraag.termijn is
    'Uiterste dag van beantwoording, waar de Tweede Kamer die geeft.';
comment on column aanhangsel.openstaande_vraag.te_laat_termijn is
    'Of die dag voorbij is; leeg waar er geen termijn is.';

-- ------------------------------------------------------------------------ what changed

create function aanhangsel.woorden(tekst text) returns text[]
language sql
immutable
parallel safe
as $$
    select case
        when tekst ~ '\S' then regexp_split_to_array(btrim(tekst, E' \t\n\r'), '\s+')
        else '{}'::text[]
    end
$$;
comment on function aanhangsel.woorden(text) is
    'De woorden van een tekst met hun leestekens, in volgorde.';

create function aanhangsel.woorden_zonder(tekst text, andere text) returns text[]
language sql
immutable
parallel safe
as $$
    select coalesce(array_agg(hier.woord order by hier.plaats), '{}')
    from (
        select
            woord,
            plaats,
            row_number() over (partition by woord order by plaats) as keer
        from unnest(aanhangsel.woorden(tekst)) with ordinality as rij (woord, plaats)
    ) as hier
    left join (
        select woord, count(*) as aantal
        from unnest(aanhangsel.woorden(andere)) as rij (woord)
        group by woord
    ) as daar on daar.woord = hier.woord
    where hier.keer > coalesce(daar.aantal, 0)
$$;
comment on function aanhangsel.woorden_zonder(text, text) is
    'De woorden van de eerste tekst die de tweede niet heeft, in volgorde; een woord dat vaker voorkomt telt zo vaak mee als het vaker voorkomt.';

create function aanhangsel.onderdelen(inhoud jsonb)
returns table (onderdeel text, aard text, plaats bigint, tekst text)
language sql
immutable
parallel safe
as $$
    with waarde as (
        select veld.naam, veld.aard, veld.plaats, veld.tekst
        from (values
            ('identifier', 'waarde', 1, inhoud ->> 'identifier'),
            ('status', 'waarde', 2, coalesce(inhoud ->> 'status', 'geldig')),
            ('soort', 'waarde', 3, inhoud ->> 'soort'),
            ('onderwerp', 'waarde', 4, inhoud ->> 'onderwerp'),
            ('titel', 'waarde', 5, inhoud ->> 'titel'),
            ('ingezonden', 'waarde', 6, inhoud ->> 'ingezonden'),
            ('ontvangen', 'waarde', 7, inhoud ->> 'ontvangen'),
            ('gepubliceerd', 'waarde', 8, inhoud ->> 'gepubliceerd'),
            ('zaaknummers', 'waarde', 9, (
                select string_agg(nummer, ', ' order by nummer collate "C")
                from jsonb_array_elements_text(inhoud -> 'zaaknummers') as rij (nummer)
            )),
            ('indieners', 'waarde', 10, (
                select string_agg(
                    concat(rij ->> 'naam', ' (' || (rij ->> 'fractie') || ')'), ', '
                    order by volgorde
                )
                from jsonb_array_elements(inhoud -> 'indieners')
                    with ordinality as lijst (rij, volgorde)
            )),
            ('gericht aan', 'waarde', 11, (
                select string_agg(
                    concat(rij ->> 'functie', ' (' || (rij ->> 'ministerie') || ')'),
                    ', ' order by volgorde
                )
                from jsonb_array_elements(inhoud -> 'gericht_aan')
                    with ordinality as lijst (rij, volgorde)
            )),
            ('bewindspersonen', 'waarde', 12, (
                select string_agg(
                    concat(
                        case when rij ->> 'rol' = 'mede namens' then 'mede namens ' end,
                        (rij ->> 'naam') || ', ',
                        rij ->> 'functie', ' (' || (rij ->> 'ministerie') || ')'
                    ),
                    '; ' order by volgorde
                )
                from jsonb_array_elements(inhoud -> 'bewindspersonen')
                    with ordinality as lijst (rij, volgorde)
            )),
            ('mededeling', 'tekst', 15, inhoud ->> 'mededeling'),
            ('reden uitstel', 'waarde', 16, inhoud ->> 'reden_uitstel'),
            ('toelichting', 'tekst', 17, inhoud ->> 'toelichting'),
            ('verwijzingen', 'waarde', 20, (
                select string_agg(rij ->> 'tekst', '; ' order by volgorde)
                from jsonb_array_elements(inhoud -> 'verwijzingen')
                    with ordinality as lijst (rij, volgorde)
                where rij ->> 'soort' <> 'url'
            )),
            ('signalen', 'waarde', 21, (
                select string_agg(distinct rij ->> 'code', ', ')
                from jsonb_array_elements(inhoud -> 'signalen') as lijst (rij)
            )),
            ('formaat', 'waarde', 22, inhoud ->> 'formaat')
        ) as veld (naam, aard, plaats, tekst)
    ),
    blok as (
        select
            soort.naam as soort,
            soort.plaats,
            lijst.rij,
            lijst.volgorde,
            -- by its numbers where it has them: a label may be typeset otherwise
            case
                when jsonb_array_length(lijst.rij -> 'nummers') > 0
                then soort.naam || ' ' || regexp_replace(
                    (
                        select string_agg(nummer, ', ' order by n)
                        from jsonb_array_elements_text(lijst.rij -> 'nummers')
                            with ordinality as cijfer (nummer, n)
                    ),
                    ', ([^,]*)$', ' en \1'
                )
                when soort.naam = 'noot' then 'noot ' || (lijst.rij ->> 'nummer')
                when starts_with(lower(lijst.rij ->> 'label'), soort.naam)
                then lower(lijst.rij ->> 'label')
                else btrim(soort.naam || ' ' || (lijst.rij ->> 'label'))
            end as naam
        from (values
            ('vraag', 'vragen', 13), ('antwoord', 'antwoorden', 14),
            ('noot', 'noten', 18), ('bijlage', 'bijlagen', 19)
        ) as soort (naam, sleutel, plaats)
        cross join lateral jsonb_array_elements(inhoud -> soort.sleutel)
            with ordinality as lijst (rij, volgorde)
    ),
    geteld as (
        select
            soort,
            plaats,
            rij,
            volgorde,
            naam,
            row_number() over (partition by naam order by plaats, volgorde) as keer
        from blok
    ),
    genoemd as (
        select
            naam || case when keer > 1 then ' (' || keer || 'e keer)' else '' end
                as naam,
            1000000 * plaats + volgorde as plaats,
            rij,
            soort
        from geteld
    )
    select naam, aard, 1000000 * plaats::bigint, tekst
    from waarde
    where tekst is not null
    union all
    select naam, 'tekst', plaats, rij ->> 'tekst'
    from genoemd
    union all
    -- of a block that stays: what stands beside its text
    select 'kopje van ' || naam, 'bijzaak', plaats, rij ->> 'label'
    from genoemd
    where soort <> 'noot'
    union all
    select 'adressen in ' || naam, 'bijzaak', plaats, (
        select coalesce(string_agg(adres, ' ' order by n), '')
        from jsonb_array_elements_text(rij -> 'urls')
            with ordinality as lijst (adres, n)
    )
    from genoemd
    where soort = 'noot'
$$;
comment on function aanhangsel.onderdelen(jsonb) is
    'De inhoud van een publicatie (de vorm van publicatie_versie.inhoud) als onderdelen met een naam: onderwerp, vraag 2, antwoord 3, noot 1.';

create view aanhangsel.wijziging as
with reeks as (
    select
        versie.publicatie_id,
        versie.versie,
        versie.geldig_van,
        versie.reden,
        versie.inhoud,
        lag(versie.versie) over druk as vorige
    from aanhangsel.publicatie_versie as versie
    -- Older prints that came in later go first, in the order of their names; a version
    -- that was of another row until the two proved to be one goes by its time.
    window druk as (
        partition by versie.publicatie_id
        order by
            versie.geldig_van is not null,
            case when versie.geldig_van is null then versie.identifier end collate "C",
            versie.geldig_tot,
            versie.versie
    )
)
select
    reeks.publicatie_id,
    publicatie.identifier,
    reeks.versie,
    reeks.geldig_van as op,
    case
        when vorige.reden = 'oudere druk' then vorige.reden
        else reeks.reden
    end as reden,
    deel.onderdeel,
    deel.oud,
    deel.nieuw,
    woord.weg as woorden_weg,
    woord.bij as woorden_bij,
    deel.onderdeel || case
        when deel.oud is null then ' toegevoegd'
        when deel.nieuw is null then ' vervallen'
        when deel.aard <> 'tekst' then ' gewijzigd'
        when cardinality(woord.weg) = 0 and cardinality(woord.bij) = 0
            then ': dezelfde woorden in een andere volgorde'
        else ': ' || concat_ws(
            ', ',
            case
                when cardinality(woord.weg) > 0
                then cardinality(woord.weg)
                    || case
                        when cardinality(woord.weg) = 1 then ' woord weg'
                        else ' woorden weg'
                    end
            end,
            case
                when cardinality(woord.bij) > 0
                then cardinality(woord.bij)
                    || case
                        when cardinality(woord.weg) > 0 then ''
                        when cardinality(woord.bij) = 1 then ' woord'
                        else ' woorden'
                    end
                    || ' erbij'
            end
        )
    end as beschrijving,
    deel.plaats,
    reeks.vorige as vorige_versie
from reeks
join aanhangsel.publicatie_versie as vorige
    on vorige.publicatie_id = reeks.publicatie_id
    and vorige.versie = reeks.vorige
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = reeks.publicatie_id
cross join lateral (
    select
        coalesce(vorige.inhoud, aanhangsel.inhoud(reeks.publicatie_id)) || '{}' as oud,
        coalesce(reeks.inhoud, aanhangsel.inhoud(reeks.publicatie_id)) || '{}' as nieuw
    -- worked out once, and by the || unpacked once, not wherever it is used below
    offset 0
) as inhoud
cross join lateral (
    select
        coalesce(nieuw.onderdeel, oud.onderdeel) as onderdeel,
        coalesce(nieuw.aard, oud.aard) as aard,
        coalesce(nieuw.plaats, oud.plaats) as plaats,
        oud.tekst as oud,
        nieuw.tekst as nieuw
    from aanhangsel.onderdelen(inhoud.oud) as oud
    full join aanhangsel.onderdelen(inhoud.nieuw) as nieuw
        on nieuw.onderdeel = oud.onderdeel
    where nieuw.tekst is distinct from oud.tekst
) as deel
cross join lateral (
    select
        aanhangsel.woorden_zonder(deel.oud, deel.nieuw) as weg,
        aanhangsel.woorden_zonder(deel.nieuw, deel.oud) as bij
    offset 0
) as woord
where deel.aard <> 'bijzaak'
    or (deel.oud is not null and deel.nieuw is not null);
comment on view aanhangsel.wijziging is
    'Eén rij per onderdeel dat veranderde tussen een versie van een publicatie en de volgende. Een oudere druk die later binnenkwam wordt vergeleken met de druk die erop volgde; de nieuwste daarvan met de eerste versie die hier gold. Vragen en antwoorden worden vergeleken op nummer, anders op kopje; staat een nummer er vaker, dan op volgorde.';
comment on column aanhangsel.wijziging.publicatie_id is 'De publicatie.';
comment on column aanhangsel.wijziging.identifier is
    'Identifier van de publicatie, zoals die nu is.';
comment on column aanhangsel.wijziging.versie is 'De nieuwe versie.';
comment on column aanhangsel.wijziging.op is
    'Wanneer die hier ging gelden; leeg voor een oudere druk die later binnenkwam.';
comment on column aanhangsel.wijziging.reden is
    'Waarom de nieuwe versie ontstond, als in publicatie_versie; oudere druk als daarmee vergeleken is.';
comment on column aanhangsel.wijziging.onderdeel is
    'Wat veranderde: onderwerp, ontvangen, indieners, vraag 2, antwoord 3, noot 1, mededeling, status …';
comment on column aanhangsel.wijziging.oud is
    'Tekst in de vorige versie; leeg als het onderdeel er niet was.';
comment on column aanhangsel.wijziging.nieuw is
    'Tekst in de nieuwe versie; leeg als het onderdeel er niet meer is.';
comment on column aanhangsel.wijziging.woorden_weg is
    'Woorden van oud die nieuw niet heeft, in volgorde; herhaalde woorden zo vaak als ze verdwenen.';
comment on column aanhangsel.wijziging.woorden_bij is
    'Woorden van nieuw die oud niet had, in volgorde.';
comment on column aanhangsel.wijziging.beschrijving is
    'De wijziging in het kort, bijvoorbeeld "antwoord 3: 2 woorden weg, 5 erbij".';
comment on column aanhangsel.wijziging.plaats is
    'Volgorde van het onderdeel in de publicatie, om op te sorteren.';
comment on column aanhangsel.wijziging.vorige_versie is
    'De versie waarmee vergeleken is.';

-- --------------------------------------------------------------------------- freshness

create or replace view aanhangsel.versheid as
select
    gevolgd.source,
    geslaagd.laatste_geslaagde_run,
    nieuwste.nieuwste_publicatie,
    now() - geslaagd.laatste_geslaagde_run as achterstand,
    problemen.open_problemen
from (
    -- Reading the archive again is recorded as a run of no source; in what has a slash
    -- in its name only a part of one: tweedekamer/Zaak is the place in a category,
    -- tweedekamer/backfill a run over one session year.
    select source from etl.run where source <> 'replay' and source not like '%/%'
    union
    select source from etl.cursor where source not like '%/%'
) as gevolgd
cross join lateral (
    select max(run.finished_at) as laatste_geslaagde_run
    from etl.run as run
    where run.source = gevolgd.source
        and run.outcome in ('complete', 'partial')
) as geslaagd
cross join lateral (
    select max(coalesce(publicatie.gepubliceerd, publicatie.ontvangen))
        as nieuwste_publicatie
    from aanhangsel.publicatie_bron as publicatie_bron
    join aanhangsel.publicatie as publicatie
        on publicatie.publicatie_id = publicatie_bron.publicatie_id
    where publicatie_bron.source = gevolgd.source
) as nieuwste
cross join lateral (
    select count(*) as open_problemen
    from etl.run_problem as probleem
    where probleem.source = gevolgd.source
        and probleem.resolved_at is null
) as problemen;
