-- Every statement of the job looks up rows by their keys. A plan is made once and kept,
-- so it must not be one that reads a whole table because that table was small then.
set plan_cache_mode = 'force_generic_plan';
set enable_seqscan = off;
set enable_hashjoin = off;
set enable_mergejoin = off;
-- Up to PostgreSQL 17 a plan with a disabled step looks so dear that it gets compiled.
set jit = off;
