-- The run of a tick has ended.
update etl.tick
set
    finished_at = %(now)s,
    good = %(good)s
where source = %(source)s
    and scheduled_for = %(scheduled_for)s
