-- Another name under which the publication can be found.
insert into aanhangsel.publicatie_alias (identifier, publicatie_id, eerst_gezien)
select %(identifier)s, %(publicatie_id)s, %(now)s
where not exists (
    select
    from aanhangsel.publicatie_alias
    where identifier = %(identifier)s
)
on conflict do nothing
