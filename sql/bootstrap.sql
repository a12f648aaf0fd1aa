-- The job's own schema and the list of migrations, so that there is somewhere to
-- record the first one.
create schema if not exists etl;
comment on schema etl is
    'The job''s own record: runs, cursors, quarantine. For operators, not for analysts.';
create table if not exists etl.schema_migration (
    name text not null constraint schema_migration_pkey primary key,
    sha256 text not null
        constraint schema_migration_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
    applied_at timestamptz not null default now()
);
comment on table etl.schema_migration is 'One row a migration applied to this database.';
comment on column etl.schema_migration.name is 'File name in sql/migrations, without .sql.';
comment on column etl.schema_migration.sha256 is
    'Hash (hex) of the file as applied: an edit afterwards is refused.';
comment on column etl.schema_migration.applied_at is 'When it was applied.';
