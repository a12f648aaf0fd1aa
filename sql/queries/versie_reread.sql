-- The change came from bytes that were here before: other metadata, or another parser.
update aanhangsel.publicatie_versie as versie
set reden = %(reden)s
where versie.publicatie_id = %(publicatie_id)s
    and versie.geldig_tot is null
    and versie.reden = any(%(instead)s::text[])
    and exists (
        select
        from aanhangsel.publicatie_bron as publicatie_bron
        where publicatie_bron.publicatie_id = versie.publicatie_id
            and publicatie_bron.sha256 = %(sha256)s
    )
