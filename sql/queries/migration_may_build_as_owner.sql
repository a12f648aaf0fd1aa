-- Whether to build as aanhangsel_owner: it exists, we may become it, it may create
-- schemas here, and nobody else owns the schema already.
select
    coalesce(bool_and(
        pg_catalog.pg_has_role(current_user, rol.oid, 'member')
        and pg_catalog.has_database_privilege(
            rol.oid, pg_catalog.current_database(), 'create'
        )
        and not exists (
            select
            from pg_catalog.pg_namespace as naam
            where naam.nspname = 'etl'
                and naam.nspowner <> rol.oid
        )
    ), false)
from pg_catalog.pg_roles as rol
where rol.rolname = 'aanhangsel_owner'
