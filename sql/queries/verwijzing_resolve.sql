-- Point references at what they name, once this publication has all its names: its own
-- references, those of others that name it, and those that led to it until now. Always
-- the same answer, whatever arrived first; never the publication that refers.
with naam as materialized (
    select identifier as doel_identifier
    from aanhangsel.publicatie
    where publicatie_id = %(publicatie_id)s
    union all
    select
        'ah-' || kamer || '-' || replace(vergaderjaar, '-', '') || '-'
        || aanhangselnummer || toevoeging
    from aanhangsel.publicatie
    where publicatie_id = %(publicatie_id)s
    union all
    select identifier
    from aanhangsel.publicatie_alias
    where publicatie_id = %(publicatie_id)s
    union all
    select zaaknummer
    from aanhangsel.publicatie_zaak
    where publicatie_id = %(publicatie_id)s
),
geraakt as materialized (
    select publicatie_id, volgorde, doel_identifier, doel_publicatie_id
    from aanhangsel.verwijzing
    where publicatie_id = %(publicatie_id)s
        and soort <> 'url'
    union
    select
        wie.publicatie_id, wie.volgorde, wie.doel_identifier, wie.doel_publicatie_id
    from naam
    join aanhangsel.verwijzing as wie
        on wie.doel_identifier = naam.doel_identifier
        and wie.soort <> 'url'
    union
    select publicatie_id, volgorde, doel_identifier, doel_publicatie_id
    from aanhangsel.verwijzing
    where doel_publicatie_id = %(publicatie_id)s
),
gevonden as materialized (
    select
        geraakt.publicatie_id,
        geraakt.volgorde,
        nullif(coalesce(
            (
                -- whatever print of the number is here
                select doel.publicatie_id
                from aanhangsel.publicatie as doel
                where geraakt.doel_identifier
                        ~ '^ah-(tk|ek)-[0-9]{8}-[0-9]{1,9}[a-z]?$'
                    and doel.kamer = split_part(geraakt.doel_identifier, '-', 2)
                    and doel.vergaderjaar = left(
                        split_part(geraakt.doel_identifier, '-', 3), 4
                    ) || '-' || right(split_part(geraakt.doel_identifier, '-', 3), 4)
                    -- at most nine digits whatever is compared first: it is an integer
                    and doel.aanhangselnummer = substring(
                        split_part(geraakt.doel_identifier, '-', 4)
                        from '^([0-9]{1,9})[a-z]?$'
                    )::integer
                    and doel.toevoeging = coalesce(substring(
                        split_part(geraakt.doel_identifier, '-', 4) from '[a-z]$'
                    ), '')
            ),
            (
                select doel.publicatie_id
                from aanhangsel.publicatie as doel
                where doel.identifier = geraakt.doel_identifier
            ),
            (
                select doel.publicatie_id
                from aanhangsel.publicatie_alias as doel
                where doel.identifier = geraakt.doel_identifier
            ),
            (
                select doel.publicatie_id
                from aanhangsel.publicatie_zaak as zaak
                join aanhangsel.publicatie as doel
                    on doel.publicatie_id = zaak.publicatie_id
                where zaak.zaaknummer = geraakt.doel_identifier
                    and zaak.publicatie_id <> geraakt.publicatie_id
                order by
                    doel.status = 'ingetrokken',
                    array_position(
                        array[
                            'antwoord', 'nader_antwoord', 'mededeling', 'uitstel',
                            'vraag'
                        ],
                        doel.soort
                    ),
                    doel.vergaderjaar,
                    doel.aanhangselnummer,
                    coalesce(doel.identifier, doel.voorlopige_sleutel) collate "C"
                limit 1
            )
        ), geraakt.publicatie_id) as doel_publicatie_id
    from geraakt
    where geraakt.doel_identifier is not null
)
update aanhangsel.verwijzing as huidig
set doel_publicatie_id = gevonden.doel_publicatie_id
from gevonden
where huidig.publicatie_id = gevonden.publicatie_id
    and huidig.volgorde = gevonden.volgorde
    and huidig.doel_publicatie_id is distinct from gevonden.doel_publicatie_id
