-- How many rows the main tables that analysts read hold.
select 'publicatie' as tabel, count(*) as rijen from aanhangsel.publicatie
union all
select 'indiener', count(*) from aanhangsel.indiener
union all
select 'bewindspersoon', count(*) from aanhangsel.bewindspersoon
union all
select 'vraag', count(*) from aanhangsel.vraag
union all
select 'antwoord', count(*) from aanhangsel.antwoord
union all
select 'noot', count(*) from aanhangsel.noot
union all
select 'verwijzing', count(*) from aanhangsel.verwijzing
union all
select 'zaak', count(*) from aanhangsel.zaak
union all
select 'document', count(*) from aanhangsel.document
union all
select 'persoon', count(*) from aanhangsel.persoon
union all
select 'lidmaatschap', count(*) from aanhangsel.lidmaatschap
union all
select 'publicatie_versie', count(*) from aanhangsel.publicatie_versie
union all
select 'bron', count(*) from aanhangsel.bron
