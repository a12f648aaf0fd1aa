-- File a body under the open problem of its record.
insert into etl.problem_bron (problem_id, sha256, url_sha256, url, fetched_at)
select problem_id, %(sha256)s, %(url_sha256)s, %(url)s, %(fetched_at)s
from etl.run_problem
where source = %(source)s
    and identifier = %(identifier)s
    and resolved_at is null
on conflict do nothing
