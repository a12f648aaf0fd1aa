-- What an unattended job needs to remember: ticks of the schedule, what was found wrong
-- and whether somebody was told, and how each run compares with what is expected.

-- --------------------------------------------------------------------------- ticks

create table etl.tick (
    source text not null,
    scheduled_for timestamptz not null,
    daemon text not null,
    claimed_at timestamptz not null,
    finished_at timestamptz,
    good boolean,
    constraint tick_pkey primary key (source, scheduled_for),
    constraint tick_finished check ((finished_at is null) = (good is null))
);
comment on table etl.tick is
    'One row a tick of the schedule that a daemon took up: however many daemons serve one database, a tick is done once. Ticks of more than 90 days ago are removed.';
comment on column etl.tick.source is 'The source whose turn it was.';
comment on column etl.tick.scheduled_for is
    'The moment of the schedule, without the delay that spreads daemons.';
comment on column etl.tick.daemon is 'Who took it: host and process number.';
comment on column etl.tick.claimed_at is 'When it was taken up.';
comment on column etl.tick.finished_at is
    'When its run ended; null while it goes on, or if the daemon was killed in it.';
comment on column etl.tick.good is
    'Whether the run was complete or partial; null until it ended.';

-- --------------------------------------------------------------------------- incidents

create table etl.incident (
    incident_id bigint generated always as identity constraint incident_pkey primary key,
    source text not null,
    code text not null,
    explanation text not null,
    opened_at timestamptz not null,
    last_seen_at timestamptz not null,
    closed_at timestamptz,
    opening_told_at timestamptz,
    closing_told_at timestamptz,
    constraint incident_times
        check (last_seen_at >= opened_at and coalesce(closed_at >= opened_at, true))
);
comment on table etl.incident is
    'One row a thing that went wrong, from when it was first seen until it was over. ETL_ALERT_URL is told once of each and once of its end.';
comment on column etl.incident.incident_id is 'Number of the incident.';
comment on column etl.incident.source is
    'The source that it concerns; empty if it concerns the job as a whole.';
comment on column etl.incident.code is
    'What kind it is: run_failed, stale, silent, quarantine_share and so on; see docs/operations.md.';
comment on column etl.incident.explanation is 'What was found, in one line; the latest.';
comment on column etl.incident.opened_at is 'When it was first seen.';
comment on column etl.incident.last_seen_at is 'When it was last seen.';
comment on column etl.incident.closed_at is 'When it was found to be over; null while it lasts.';
comment on column etl.incident.opening_told_at is
    'When ETL_ALERT_URL took the message that it began; null if it did not yet.';
comment on column etl.incident.closing_told_at is
    'When ETL_ALERT_URL took the message that it is over; null if it did not yet.';
create unique index incident_open on etl.incident (source, code) where closed_at is null;
create index incident_untold on etl.incident (incident_id)
    where opening_told_at is null or (closed_at is not null and closing_told_at is null);

-- --------------------------------------------------------------------------- expectations

create table etl.run_expectation (
    run_id bigint not null
        constraint run_expectation_run references etl.run on delete cascade,
    name text not null,
    value numeric not null,
    lowest numeric,
    highest numeric,
    verdict text not null
        constraint run_expectation_verdict check (verdict in ('ok', 'warning', 'error')),
    constraint run_expectation_pkey primary key (run_id, name)
);
comment on table etl.run_expectation is
    'One row a run and a figure that is expected to lie between bounds, with what it was.';
comment on column etl.run_expectation.run_id is 'The run after which it was measured.';
comment on column etl.run_expectation.name is
    'Which figure: quarantine_share, volume, share_xml, share_pdf; see docs/operations.md.';
comment on column etl.run_expectation.value is
    'What it was: a share from 0 to 1, or a ratio to what is usual.';
comment on column etl.run_expectation.lowest is 'Below this it is a warning; null if nothing is too low.';
comment on column etl.run_expectation.highest is 'Above this it is a warning; null if nothing is too high.';
comment on column etl.run_expectation.verdict is
    'ok, warning (somebody should look) or error (status ends with 7 and an incident opens).';

-- --------------------------------------------------------------------------- a mend

-- Whoever was only asked, in a place where somebody who answered had stood before the
-- publication was read again, inherited that person's term of office.
update aanhangsel.bewindspersoon
set ambtsperiode_id = null
where rol = 'gericht aan'
    and naam is null
    and ambtsperiode_id is not null;
