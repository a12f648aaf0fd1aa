select * from etl.run_problem where resolved_at is null
