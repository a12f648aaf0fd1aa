-- Keep how a figure was after a run.
insert into etl.run_expectation as huidig (
    run_id, name, value, lowest, highest, verdict
)
values (
    %(run_id)s, %(name)s, %(value)s, %(lowest)s, %(highest)s, %(verdict)s
)
on conflict (run_id, name) do update
set
    value = excluded.value,
    lowest = excluded.lowest,
    highest = excluded.highest,
    verdict = excluded.verdict
where (huidig.value, huidig.verdict) is distinct from (excluded.value, excluded.verdict)
