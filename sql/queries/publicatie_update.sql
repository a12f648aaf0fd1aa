-- The same publication with other content; a withdrawn one may be back.
update aanhangsel.publicatie
set
    -- a number once known is not unlearned from a form that does not print it
    kamer = coalesce(%(kamer)s, kamer),
    vergaderjaar = coalesce(%(vergaderjaar)s, vergaderjaar),
    aanhangselnummer = coalesce(%(aanhangselnummer)s, aanhangselnummer),
    toevoeging = case
        when %(aanhangselnummer)s::integer is null then toevoeging
        else %(toevoeging)s
    end,
    identifier = %(identifier)s,
    voorlopige_sleutel = %(voorlopige_sleutel)s,
    herziening = %(herziening)s,
    soort = %(soort)s,
    onderwerp = %(onderwerp)s,
    titel = %(titel)s,
    ingezonden = %(ingezonden)s,
    ontvangen = %(ontvangen)s,
    gepubliceerd = %(gepubliceerd)s,
    mededeling = %(mededeling)s,
    toelichting = %(toelichting)s,
    reden_uitstel = %(reden_uitstel)s,
    dekking = %(dekking)s,
    status = %(status)s,
    formaat = %(formaat)s,
    parser = %(parser)s,
    metadata = %(metadata)s,
    inhoud_sha256 = %(inhoud_sha256)s,
    herkomst = %(herkomst)s,
    laatst_gewijzigd = %(now)s
where publicatie_id = %(publicatie_id)s
