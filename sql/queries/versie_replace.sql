-- Close the version that holds now, with its content from the tables as they stand.
update aanhangsel.publicatie_versie as versie
set
    geldig_tot = greatest(%(now)s, versie.geldig_van),
    inhoud = aanhangsel.inhoud(versie.publicatie_id)
where versie.publicatie_id = %(publicatie_id)s
    and versie.geldig_tot is null
