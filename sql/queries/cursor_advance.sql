-- Move the cursor forward; never back, and without a write when it is there.
insert into etl.cursor as huidig (source, position, updated_at)
select %(source)s, %(position)s, %(now)s
where not exists (
    select
    from etl.cursor
    where source = %(source)s
        and position >= %(position)s
)
on conflict (source) do update
set
    position = excluded.position,
    updated_at = excluded.updated_at
where huidig.position < excluded.position
