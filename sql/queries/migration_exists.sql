-- Whether anything was ever migrated here.
select to_regclass('etl.schema_migration') is not null
