-- Remember which state of a reference table is loaded.
insert into etl.reference as huidig (name, sha256)
values (%(name)s, %(sha256)s)
on conflict (name) do update
set
    sha256 = excluded.sha256,
    loaded_at = now()
