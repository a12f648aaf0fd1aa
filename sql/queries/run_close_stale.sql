-- Runs that a killed process left open; we hold the lock, so nobody else is at it.
update etl.run
set
    outcome = 'interrupted',
    finished_at = greatest(%(now)s, started_at),
    problem = 'the process ended without closing this run',
    cursor_after = (
        select position
        from etl.cursor
        where cursor.source = run.source
    )
where source = %(source)s
    and outcome = 'running'
