-- The first reporting views. Withdrawn publications are left out of all of them: their
-- text stays in the tables, but their publisher took them back.

create function aanhangsel.is_verwijzing(tekst text) returns boolean
language sql
immutable
parallel safe
as $$
    -- The whole text is one sentence that sends the reader to another answer:
    -- [Voor het antwoord op deze vraag] [verwijs ik u naar | zie]
    -- [het antwoord op] [de vragen 2, 3 en 5] [hierboven].
    -- "Ja, zie vraag 2" and a pointer followed by more text are answers themselves.
    select tekst ~* (
        '^\s*'
        -- a lead without content of its own
        || '((voor|ter)\s+(het\s+|de\s+|een\s+)?(antwoord|beantwoording)\s+(op|van)\s+'
        || '(deze|de|uw)\s+vra(ag|gen)(\s+[0-9]+[a-z]?)?\s*,?\s*)?'
        || '((kortheidshalve|hiervoor|daarvoor|hierbij|ook hiervoor|voor deze vraag'
        || '|in antwoord op deze vraag|wat dit betreft)\s*,?\s*)?'
        -- the pointing verb
        || '(zie|ik\s+verwijs|verwijs\s+ik|wij\s+verwijzen|verwijzen\s+wij'
        || '|wordt\s+verwezen|verwezen\s+wordt|verwezen\s+zij'
        || '|(wil|zou|moet|mag|kan)\s+ik(\s+u|\s+graag)*\s+verwijzen'
        || '|ik\s+(wil|zou|moet|mag|kan)(\s+u|\s+graag)*\s+verwijzen)\s+'
        || '((u|uw\s+kamer|graag|kortheidshalve|hiervoor|daarvoor|hierbij|ook|verder'
        || '|tevens|eveneens|dan|wederom|nogmaals|hierover|in\s+dit\s+verband'
        || '|voor\s+het\s+antwoord\s+op\s+deze\s+vraag)\s+)*'
        || '(naar\s+)?'
        || '((het|de|mijn|ons|onze|eerdere|bovenstaande|voorgaande|vorige)\s+)*'
        -- what it points to: an answer, or a question by its number
        || '('
        || '(antwoord(en)?|beantwoording)'
        || '(\s+(hierboven|hiervoor|hieronder))?'
        || '(\s+((zoals\s+)?(gegeven|vermeld)\s+)?(op|van|bij|onder)'
        || '(\s+(de|het|mijn|uw|deze|vorige|voorgaande|bovenstaande|eerste|tweede))*)?'
        || '(\s+(deel)?(vra(ag|gen)|antwoord(en)?))?'
        || '|(deel)?vra(ag|gen)(\s+en\s+antwoord(en)?)?'
        || ')'
        -- its numbers: 2 / 2 en 3 / 2, 3 en 5a / 2 t/m 6 / 2 tot en met 6
        || '(\s+(nrs?\.?\s+|nummers?\s+)?[0-9]+[a-z]?'
        || '(\s*(,\s*en|,|en|&|/|t/m|tot\s+en\s+met|-|–)\s*'
        || '((op|de|het|van|vraag|vragen|antwoord|antwoorden)\s+)*[0-9]+[a-z]?)*)?'
        || '(\s+(hierboven|hiervoor|hieronder))?'
        || '\s*[.;]?\s*$'
    )
$$;
comment on function aanhangsel.is_verwijzing(text) is
    'Of een antwoord niets anders doet dan naar een ander antwoord verwijzen.';

create view aanhangsel.vraag_antwoord as
with gevraagd as (
    select
        vraag.publicatie_id,
        vraag.vraag_id,
        vraag.volgorde,
        vraag.tekst,
        cardinality(vraag.nummers) as aantal,
        genummerd.nummer,
        genummerd.plaats,
        row_number() over (
            partition by vraag.publicatie_id, genummerd.nummer
            order by vraag.volgorde, genummerd.plaats
        ) as keer
    from aanhangsel.vraag as vraag
    left join lateral unnest(vraag.nummers) with ordinality
        as genummerd (nummer, plaats) on true
),
beantwoord as (
    select
        antwoord.publicatie_id,
        antwoord.antwoord_id,
        antwoord.tekst,
        cardinality(antwoord.nummers) as aantal,
        genummerd.nummer,
        row_number() over (
            partition by antwoord.publicatie_id, genummerd.nummer
            order by antwoord.volgorde, genummerd.plaats
        ) as keer
    from aanhangsel.antwoord as antwoord
    left join lateral unnest(antwoord.nummers) with ordinality
        as genummerd (nummer, plaats) on true
)
select
    publicatie.publicatie_id,
    publicatie.identifier,
    gevraagd.nummer,
    gevraagd.tekst as vraag_tekst,
    beantwoord.tekst as antwoord_tekst,
    gevraagd.vraag_id,
    beantwoord.antwoord_id,
    case
        when beantwoord.antwoord_id is null then 'ontbreekt'
        when aanhangsel.is_verwijzing(beantwoord.tekst) then 'verwijzing'
        when greatest(gevraagd.aantal, beantwoord.aantal) > 1 then 'groep'
        else 'exact'
    end as koppeling,
    gevraagd.volgorde,
    gevraagd.keer
from gevraagd
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = gevraagd.publicatie_id
left join beantwoord
    on beantwoord.publicatie_id = gevraagd.publicatie_id
    and coalesce(beantwoord.nummer, '') = coalesce(gevraagd.nummer, '')
    and beantwoord.keer = gevraagd.keer
where publicatie.status <> 'ingetrokken';

comment on view aanhangsel.vraag_antwoord is
    'Eén rij per vraagnummer met zijn antwoord. Komt een nummer in een document vaker voor, dan hoort de eerste vraag bij het eerste antwoord, de tweede bij het tweede, enzovoort.';
comment on column aanhangsel.vraag_antwoord.publicatie_id is 'De publicatie.';
comment on column aanhangsel.vraag_antwoord.identifier is 'Identifier van de publicatie.';
comment on column aanhangsel.vraag_antwoord.nummer is
    'Vraagnummer; leeg voor een vraag zonder nummer.';
comment on column aanhangsel.vraag_antwoord.vraag_tekst is 'Tekst van het vraagblok.';
comment on column aanhangsel.vraag_antwoord.antwoord_tekst is
    'Tekst van het antwoordblok; leeg als er geen antwoord is.';
comment on column aanhangsel.vraag_antwoord.vraag_id is 'Het vraagblok.';
comment on column aanhangsel.vraag_antwoord.antwoord_id is 'Het antwoordblok.';
comment on column aanhangsel.vraag_antwoord.koppeling is
    'exact (beide blokken dragen alleen dit nummer), groep (een van beide draagt er meer), verwijzing (het antwoord wijst alleen naar een ander antwoord) of ontbreekt (geen antwoord).';
comment on column aanhangsel.vraag_antwoord.volgorde is 'Plaats van het vraagblok.';
comment on column aanhangsel.vraag_antwoord.keer is
    'De hoeveelste keer dit nummer in het document voorkomt; gewoonlijk 1.';

create view aanhangsel.antwoordtermijn as
select
    publicatie.publicatie_id,
    publicatie.identifier,
    publicatie.ingezonden,
    publicatie.ontvangen,
    termijn.dagen,
    termijn.dagen - reces.dagen as dagen_zonder_reces,
    uitstel.bekend as uitgesteld,
    termijn.dagen > case when uitstel.bekend then 42 else 21 end as te_laat
from aanhangsel.publicatie as publicatie
cross join lateral (
    select publicatie.ontvangen - publicatie.ingezonden as dagen
) as termijn
cross join lateral (
    -- Empty as long as the calendar does not span the whole period.
    select
        case
            when min(reces.van) <= publicatie.ingezonden
                and max(reces.tot) >= publicatie.ontvangen
            then coalesce(sum(greatest(
                0,
                least(reces.tot, publicatie.ontvangen)
                - greatest(reces.van, publicatie.ingezonden + 1) + 1
            )), 0)::integer
        end as dagen
    from aanhangsel.reces as reces
) as reces
cross join lateral (
    select exists (
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
    ) as bekend
) as uitstel
where publicatie.soort = 'antwoord'
    and publicatie.status <> 'ingetrokken';

comment on view aanhangsel.antwoordtermijn is
    'Eén rij per antwoord: hoe lang het duurde en of dat te laat is. Uitstel is bekend door hetzelfde zaaknummer of een regel "Zie ook Aanhangsel"; uitstel dat niet geladen is telt niet mee.';
comment on column aanhangsel.antwoordtermijn.publicatie_id is 'De publicatie.';
comment on column aanhangsel.antwoordtermijn.identifier is 'Identifier van de publicatie.';
comment on column aanhangsel.antwoordtermijn.ingezonden is 'Dag van indiening.';
comment on column aanhangsel.antwoordtermijn.ontvangen is 'Dag van ontvangst.';
comment on column aanhangsel.antwoordtermijn.dagen is
    'Kalenderdagen van indiening tot ontvangst; leeg als een van beide onbekend is.';
comment on column aanhangsel.antwoordtermijn.dagen_zonder_reces is
    'Dagen die niet in een reces vallen; leeg waar de tabel reces de periode niet omvat.';
comment on column aanhangsel.antwoordtermijn.uitgesteld is
    'Of er een geladen mededeling van uitstel bij hoort; false zegt niets over wat niet is geladen.';
comment on column aanhangsel.antwoordtermijn.te_laat is
    'Meer dan 21 dagen, na een geladen uitstel meer dan 42; leeg als dagen leeg is.';

create view aanhangsel.ministerie_maand as
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
per_ministerie as (
    select distinct
        bewindspersoon.publicatie_id,
        coalesce(
            bewindspersoon.ministerie_code, bewindspersoon.ministerie, 'onbekend'
        ) as ministerie_code
    from aanhangsel.bewindspersoon as bewindspersoon
    where bewindspersoon.rol = 'antwoord'
)
select
    per_publicatie.maand,
    per_ministerie.ministerie_code,
    sum(per_publicatie.vragen)::bigint as vragen,
    count(*) as antwoorden,
    percentile_cont(0.5) within group (order by per_publicatie.dagen) as mediaan_dagen,
    count(*) filter (where per_publicatie.te_laat) as te_laat
from per_publicatie
join per_ministerie on per_ministerie.publicatie_id = per_publicatie.publicatie_id
group by per_publicatie.maand, per_ministerie.ministerie_code;

comment on view aanhangsel.ministerie_maand is
    'Eén rij per maand van ontvangst en ministerie dat antwoordt. Antwoorden van twee ministeries tellen bij beide, dus kolommen niet optellen over ministeries.';
comment on column aanhangsel.ministerie_maand.maand is
    'Eerste dag van de maand waarin het antwoord is ontvangen.';
comment on column aanhangsel.ministerie_maand.ministerie_code is
    'Code van het ministerie; waar die niet zeker is de gedrukte naam.';
comment on column aanhangsel.ministerie_maand.vragen is
    'Aantal genummerde vragen in de beantwoorde publicaties.';
comment on column aanhangsel.ministerie_maand.antwoorden is
    'Aantal publicaties met een antwoord.';
comment on column aanhangsel.ministerie_maand.mediaan_dagen is
    'Mediaan van de antwoordtermijn in kalenderdagen.';
comment on column aanhangsel.ministerie_maand.te_laat is
    'Aantal publicaties dat te laat beantwoord is.';

create view aanhangsel.fractie_maand as
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
    select distinct
        indiener.publicatie_id,
        coalesce(indiener.fractie, 'onbekend') as fractie
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

comment on view aanhangsel.fractie_maand is
    'Eén rij per maand van ontvangst en fractie die vroeg. Vragen van twee fracties tellen bij beide, dus kolommen niet optellen over fracties.';
comment on column aanhangsel.fractie_maand.maand is
    'Eerste dag van de maand waarin het antwoord is ontvangen.';
comment on column aanhangsel.fractie_maand.fractie is 'Fractie zoals gedrukt.';
comment on column aanhangsel.fractie_maand.vragen is
    'Aantal genummerde vragen in de beantwoorde publicaties.';
comment on column aanhangsel.fractie_maand.antwoorden is
    'Aantal publicaties met een antwoord.';
comment on column aanhangsel.fractie_maand.mediaan_dagen is
    'Mediaan van de antwoordtermijn in kalenderdagen.';
comment on column aanhangsel.fractie_maand.te_laat is
    'Aantal publicaties dat te laat beantwoord is.';

create view aanhangsel.versheid as
select
    gevolgd.source,
    geslaagd.laatste_geslaagde_run,
    nieuwste.nieuwste_publicatie,
    now() - geslaagd.laatste_geslaagde_run as achterstand,
    problemen.open_problemen
from (
    select source from etl.run
    union
    select source from etl.cursor
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

comment on view aanhangsel.versheid is 'Eén rij per bron: hoe vers is wat hier staat.';
comment on column aanhangsel.versheid.source is 'De bron.';
comment on column aanhangsel.versheid.laatste_geslaagde_run is
    'Wanneer de bron voor het laatst helemaal is nagelopen.';
comment on column aanhangsel.versheid.nieuwste_publicatie is
    'Jongste dag van publicatie (anders van ontvangst) van wat deze bron leverde.';
comment on column aanhangsel.versheid.achterstand is
    'Tijd sinds de laatste geslaagde run.';
comment on column aanhangsel.versheid.open_problemen is
    'Aantal documenten in quarantaine.';
