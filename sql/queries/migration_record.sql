-- Remember one as applied.
insert into etl.schema_migration (name, sha256)
values (%(name)s, %(sha256)s)
