-- The row that was absorbed, with all that still hangs on it.
delete from aanhangsel.publicatie
where publicatie_id = %(other_id)s
