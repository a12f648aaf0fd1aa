-- Zaken as the mirror has them, with what is odd about them and what they are tied to;
-- their publications are joined anew.
with geraakt as materialized (
    select distinct fields ->> 'nummer' as zaaknummer
    from etl.entity
    where entity_id = any(%(ids)s::uuid[])
        and category = 'Zaak'
        and state = 'kept'
        and char_length(fields ->> 'nummer') between 1 and 100
),
gelijk as materialized (
    -- one number under two GUIDs: what still stands, then what changed last
    select
        geraakt.zaaknummer,
        entity.*,
        row_number() over (
            partition by geraakt.zaaknummer
            order by
                entity.deleted, entity.changed_at desc nulls last, entity.entity_id
        ) as plaats,
        count(*) filter (where not entity.deleted)
            over (partition by geraakt.zaaknummer) as aantal
    from geraakt
    join etl.entity as entity
        on entity.category = 'Zaak'
        and entity.state = 'kept'
        and entity.fields ->> 'nummer' = geraakt.zaaknummer
),
beste as materialized (
    select
        zaaknummer,
        entity_id as tk_id,
        fields ->> 'soort' as soort,
        fields ->> 'onderwerp' as onderwerp,
        fields ->> 'titel' as titel,
        left(fields ->> 'gestartop', 10)::date as gestart_op,
        left(fields ->> 'termijn', 10)::date as termijn,
        (fields ->> 'afgedaan')::boolean as afgedaan,
        fields ->> 'vergaderjaar' as vergaderjaar,
        fields ->> 'status' as status,
        deleted as ingetrokken,
        refs,
        oddities,
        aantal
    from gelijk
    where plaats = 1
),
zaken as (
    insert into aanhangsel.zaak as huidig (
        zaaknummer, tk_id, soort, onderwerp, titel, gestart_op, termijn, afgedaan,
        vergaderjaar, status, ingetrokken
    )
    select
        zaaknummer, tk_id, soort, onderwerp, titel, gestart_op, termijn, afgedaan,
        vergaderjaar, status, ingetrokken
    from beste
    on conflict (zaaknummer) do update
    set
        tk_id = excluded.tk_id,
        soort = excluded.soort,
        onderwerp = excluded.onderwerp,
        titel = excluded.titel,
        gestart_op = excluded.gestart_op,
        termijn = excluded.termijn,
        afgedaan = excluded.afgedaan,
        vergaderjaar = excluded.vergaderjaar,
        status = excluded.status,
        ingetrokken = excluded.ingetrokken
    where (
        huidig.tk_id, huidig.soort, huidig.onderwerp, huidig.titel, huidig.gestart_op,
        huidig.termijn, huidig.afgedaan, huidig.vergaderjaar, huidig.status,
        huidig.ingetrokken
    ) is distinct from (
        excluded.tk_id, excluded.soort, excluded.onderwerp, excluded.titel,
        excluded.gestart_op, excluded.termijn, excluded.afgedaan,
        excluded.vergaderjaar, excluded.status, excluded.ingetrokken
    )
),
actoren as materialized (
    select
        beste.zaaknummer,
        count(*) filter (where actor.fields ->> 'relatie' = 'Gericht aan') as gericht,
        count(*) filter (where actor.fields ->> 'relatie' = 'Indiener') as indieners,
        count(actor.entity_id) filter (
            where actor.fields ->> 'actornaam' is null
        ) as naamloos
    from beste
    left join etl.entity as actor
        on actor.parent_id = beste.tk_id
        and actor.category = 'ZaakActor'
        and actor.state = 'kept'
        and not actor.deleted
    group by beste.zaaknummer
),
vreemd as materialized (
    select
        beste.zaaknummer,
        1000 + row_number() over (
            partition by beste.zaaknummer order by signaal.code, signaal.uitleg
        ) as volgorde,
        signaal.code,
        signaal.uitleg
    from beste
    join actoren on actoren.zaaknummer = beste.zaaknummer
    cross join lateral (
        select 'zaak_jaar_wijkt_af' as code, beste.gestart_op::text as detail
        where left(beste.zaaknummer, 4) ~ '^[0-9]{4}$'
            and left(beste.zaaknummer, 4)::integer
                <> extract(year from beste.gestart_op)
        union all
        select 'zaak_vergaderjaar_wijkt_af', beste.vergaderjaar || ', '
            || beste.gestart_op::text || ' is van ' || jaar.vergaderjaar
        from (
            select prinsjesdag.vergaderjaar
            from aanhangsel.prinsjesdag as prinsjesdag
            where prinsjesdag.datum <= beste.gestart_op
            order by prinsjesdag.datum desc
            limit 1
        ) as jaar
        where jaar.vergaderjaar <> beste.vergaderjaar
        union all
        select 'zaak_titel', beste.titel
        where beste.titel is not null
        union all
        select 'zaak_onderwerp_ontbreekt', null
        where beste.onderwerp is null
        union all
        select 'zaak_gestart_ontbreekt', null
        where beste.gestart_op is null
        union all
        select 'zaak_zonder_geadresseerde', null
        where actoren.gericht = 0
        union all
        select 'zaak_zonder_indiener', null
        where actoren.indieners = 0
        union all
        select 'zaak_actor_zonder_naam', actoren.naamloos::text
        where actoren.naamloos > 0
        union all
        select 'zaaknummer_dubbel', beste.aantal || ' maal'
        where beste.aantal > 1
        union all
        select 'waarde_onleesbaar', waarde
        from jsonb_array_elements_text(beste.oddities) as waarde
    ) as gezien
    cross join lateral (
        select
            gezien.code,
            concat_ws(': ', %(signalen)s::jsonb ->> gezien.code, gezien.detail) as uitleg
    ) as signaal
),
signalen as (
    insert into aanhangsel.signaal as huidig (zaaknummer, volgorde, code, uitleg)
    select zaaknummer, volgorde, code, uitleg
    from vreemd
    on conflict (zaaknummer, volgorde) do update
    set
        code = excluded.code,
        uitleg = excluded.uitleg
    where (huidig.code, huidig.uitleg) is distinct from (excluded.code, excluded.uitleg)
),
signalen_weg as (
    delete from aanhangsel.signaal as huidig
    using geraakt
    where huidig.zaaknummer = geraakt.zaaknummer
        and huidig.volgorde > 1000 + (
            select count(*)
            from vreemd
            where vreemd.zaaknummer = geraakt.zaaknummer
        )
),
verband as materialized (
    select distinct
        beste.zaaknummer,
        ander.fields ->> 'nummer' as ander_zaaknummer,
        gezien.soort
    from beste
    cross join lateral (
        select 'gerelateerd aan' as soort, zaak_id
        from jsonb_array_elements_text(beste.refs -> 'gerelateerdvanuit') as zaak_id
        union all
        select 'vervangt', zaak_id
        from jsonb_array_elements_text(beste.refs -> 'vervangenvanuit') as zaak_id
    ) as gezien
    join etl.entity as ander on ander.entity_id = gezien.zaak_id::uuid
    where ander.fields ->> 'nummer' is not null
        and not beste.ingetrokken
),
verbanden as (
    insert into aanhangsel.zaak_verband (
        zaaknummer, ander_zaaknummer, soort, bekend_door
    )
    select zaaknummer, ander_zaaknummer, soort, 'tweedekamer'
    from verband
    on conflict do nothing
),
verbanden_weg as (
    delete from aanhangsel.zaak_verband as huidig
    using geraakt
    where huidig.zaaknummer = geraakt.zaaknummer
        and huidig.bekend_door = 'tweedekamer'
        and not exists (
            select
            from verband
            where verband.zaaknummer = huidig.zaaknummer
                and verband.ander_zaaknummer = huidig.ander_zaaknummer
                and verband.soort = huidig.soort
        )
),
te_lezen as (
    -- a document tells which zaken it is of, and who asked
    insert into etl.document_queue (identifier)
    select distinct document.entity_id::text
    from beste
    join etl.entity as document
        on document.refs -> 'zaak' ? beste.tk_id::text
        and document.category = 'Document'
        and document.state = 'kept'
    on conflict do nothing
)
insert into etl.link_queue (kind, id)
select 'publicatie', publicatie_zaak.publicatie_id::text
from geraakt
join aanhangsel.publicatie_zaak as publicatie_zaak
    on publicatie_zaak.zaaknummer = geraakt.zaaknummer
union
-- those without a zaaknummer that were asked that day
select 'publicatie', publicatie.publicatie_id::text
from beste
join aanhangsel.publicatie as publicatie
    on publicatie.ingezonden = beste.gestart_op
where not exists (
    select
    from aanhangsel.publicatie_zaak as eigen
    where eigen.publicatie_id = publicatie.publicatie_id
        and eigen.bekend_door in ('vraagnummer', 'zaak')
)
on conflict do nothing
