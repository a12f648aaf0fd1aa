-- References that waited for this publication to arrive.
update aanhangsel.verwijzing
set doel_publicatie_id = %(publicatie_id)s
where doel_identifier = %(doel_identifier)s
    and doel_publicatie_id is null
