-- Records of a session year that a source listed under a name that lasts: a placeholder
-- goes when the number is known. Without those that it took back.
select identifier
from etl.reading
where source = %(source)s
    and not withdrawn
    and metadata ->> 'vergaderjaar' = %(vergaderjaar)s::text
    and identifier ~ '^(ah|kv)-(tk|ek)-'
order by identifier collate "C"
