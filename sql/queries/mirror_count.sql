-- Let the planner know how much the mirror holds now.
select etl.count_mirror()
