-- Move the cursor back because somebody asked for an earlier start.
update etl.cursor
set
    position = %(position)s,
    updated_at = %(now)s
where source = %(source)s
    and position > %(position)s
