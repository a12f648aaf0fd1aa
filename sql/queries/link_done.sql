-- Joined: no longer waiting.
delete from etl.link_queue
where kind = %(kind)s
    and id = any(%(ids)s::text[])
