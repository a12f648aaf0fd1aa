-- Every person with the periods of his membership.
select
    persoon.persoon_id,
    persoon.roepnaam,
    persoon.voornamen,
    persoon.initialen,
    persoon.tussenvoegsel,
    persoon.achternaam,
    coalesce(
        jsonb_agg(
            jsonb_build_object(
                'fractie', fractie.afkorting,
                'naam', fractie.naam,
                'van', lidmaatschap.van,
                'tot', lidmaatschap.tot
            )
            order by lidmaatschap.van, lidmaatschap.tk_id
        ) filter (where lidmaatschap.van is not null),
        '[]'
    ) as lidmaatschappen
from aanhangsel.persoon as persoon
left join aanhangsel.lidmaatschap as lidmaatschap
    on lidmaatschap.persoon_id = persoon.persoon_id
left join aanhangsel.fractie as fractie
    on fractie.fractie_id = lidmaatschap.fractie_id
group by persoon.persoon_id
order by persoon.persoon_id
