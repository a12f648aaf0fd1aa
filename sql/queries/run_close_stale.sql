-- Runs that a killed process left open, of whichever source; we hold the one lock of the
-- database, so nobody else is at it.
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
where outcome = 'running'
