-- Record the start of a run.
insert into etl.run (source, started_at, outcome, cursor_before, parser)
values (
    %(source)s,
    %(now)s,
    'running',
    (
        select position
        from etl.cursor
        where source = %(source)s
    ),
    %(parser)s
)
returning run_id
