-- Record how it ended; the table refuses one that does not balance.
update etl.run
set
    outcome = %(outcome)s,
    finished_at = %(now)s,
    seen = %(seen)s,
    new = %(new)s,
    changed = %(changed)s,
    unchanged = %(unchanged)s,
    withdrawn = %(withdrawn)s,
    quarantined = %(quarantined)s,
    problem = %(problem)s,
    cursor_after = (
        select position
        from etl.cursor
        where cursor.source = run.source
    )
where run_id = %(run_id)s
