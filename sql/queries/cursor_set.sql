-- The place in a feed whose tokens only their source can compare.
insert into etl.cursor as huidig (source, position, updated_at)
values (%(source)s, %(position)s, %(now)s)
on conflict (source) do update
set
    position = excluded.position,
    updated_at = excluded.updated_at
where huidig.position <> excluded.position
