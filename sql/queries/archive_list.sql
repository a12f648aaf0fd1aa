-- Every reading whose body is in the archive; of a publication that was loaded before
-- readings were kept the publication itself. Without years: all.
select
    publicatie.publicatie_id,
    archief.source,
    archief.record
from aanhangsel.publicatie as publicatie
join (
    select
        reading.publicatie_id,
        reading.source,
        reading.identifier as record
    from etl.reading as reading
    where reading.content is not null
        and exists (
            select
            from aanhangsel.publicatie_bron as publicatie_bron
            where publicatie_bron.publicatie_id = reading.publicatie_id
                and publicatie_bron.sha256 = reading.sha256
        )
    union all
    select
        bewaard.publicatie_id,
        min(publicatie_bron.source) as source,
        null as record
    from aanhangsel.publicatie as bewaard
    join aanhangsel.publicatie_bron as publicatie_bron
        on publicatie_bron.publicatie_id = bewaard.publicatie_id
    where bewaard.formaat is not null
        and not exists (
            select
            from etl.reading as reading
            where reading.publicatie_id = bewaard.publicatie_id
        )
    group by bewaard.publicatie_id
) as archief on archief.publicatie_id = publicatie.publicatie_id
where cardinality(%(vergaderjaren)s::text[]) = 0
    or publicatie.vergaderjaar = any(%(vergaderjaren)s::text[])
order by
    publicatie.publicatie_id,
    archief.source collate "C",
    archief.record collate "C"
