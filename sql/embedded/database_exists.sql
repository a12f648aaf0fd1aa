-- Whether the embedded server has its database already.
select exists (
    select from pg_catalog.pg_database where datname = 'aanhangsel'
)
