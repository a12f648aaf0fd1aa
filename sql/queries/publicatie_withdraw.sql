-- Its publisher took it back; the text stays.
update aanhangsel.publicatie
set
    status = 'ingetrokken',
    laatst_gewijzigd = %(now)s
where publicatie_id = %(publicatie_id)s
    and status <> 'ingetrokken'
