-- Ticks of long ago tell nobody anything.
delete from etl.tick
where source = %(source)s
    and scheduled_for < %(now)s::timestamptz - interval '90 days'
