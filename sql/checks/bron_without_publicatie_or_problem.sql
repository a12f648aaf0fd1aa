-- error: an archived body that belongs to no publication and no problem
select
    bron.sha256,
    bron.ontvangen_op
from aanhangsel.bron as bron
where not exists (
        select
        from aanhangsel.publicatie_bron as publicatie_bron
        where publicatie_bron.sha256 = bron.sha256
    )
    and not exists (
        select
        from etl.problem_bron as problem_bron
        where problem_bron.sha256 = bron.sha256
    )
order by bron.sha256
