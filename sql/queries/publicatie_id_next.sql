-- The id of a new publication.
select nextval('aanhangsel.publicatie_publicatie_id_seq') as new_id
