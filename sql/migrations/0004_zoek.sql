-- Full text. Indexes over expressions, not stored columns: a stored column is computed
-- for every proposed row, so that an idle run would stem every text again. The cut
-- keeps a text below the size that a tsvector can hold.

create index publicatie_zoek on aanhangsel.publicatie
    using gin (to_tsvector('dutch', left(onderwerp, 200000)));
create index vraag_zoek on aanhangsel.vraag
    using gin (to_tsvector('dutch', left(tekst, 200000)));
create index antwoord_zoek on aanhangsel.antwoord
    using gin (to_tsvector('dutch', left(tekst, 200000)));
create index noot_zoek on aanhangsel.noot
    using gin (to_tsvector('dutch', left(tekst, 200000)));

create view aanhangsel.zoek as
select
    publicatie.publicatie_id,
    publicatie.identifier,
    'onderwerp' as deel,
    publicatie.onderwerp as tekst,
    to_tsvector('dutch', left(publicatie.onderwerp, 200000)) as document
from aanhangsel.publicatie as publicatie
where publicatie.onderwerp is not null
    and publicatie.status <> 'ingetrokken'
union all
select
    publicatie.publicatie_id,
    publicatie.identifier,
    'vraag' as deel,
    vraag.tekst,
    to_tsvector('dutch', left(vraag.tekst, 200000)) as document
from aanhangsel.vraag as vraag
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = vraag.publicatie_id
where publicatie.status <> 'ingetrokken'
union all
select
    publicatie.publicatie_id,
    publicatie.identifier,
    'antwoord' as deel,
    antwoord.tekst,
    to_tsvector('dutch', left(antwoord.tekst, 200000)) as document
from aanhangsel.antwoord as antwoord
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = antwoord.publicatie_id
where publicatie.status <> 'ingetrokken'
union all
select
    publicatie.publicatie_id,
    publicatie.identifier,
    'noot' as deel,
    noot.tekst,
    to_tsvector('dutch', left(noot.tekst, 200000)) as document
from aanhangsel.noot as noot
join aanhangsel.publicatie as publicatie
    on publicatie.publicatie_id = noot.publicatie_id
where publicatie.status <> 'ingetrokken';

comment on view aanhangsel.zoek is
    'Eén rij per doorzoekbare tekst. Zoek met: document @@ websearch_to_tsquery(''dutch'', ''…'').';
comment on column aanhangsel.zoek.publicatie_id is 'De publicatie.';
comment on column aanhangsel.zoek.identifier is 'Identifier van de publicatie.';
comment on column aanhangsel.zoek.deel is 'onderwerp, vraag, antwoord of noot.';
comment on column aanhangsel.zoek.tekst is 'De tekst.';
comment on column aanhangsel.zoek.document is
    'De woordstammen van de eerste 200.000 tekens.';
