-- Consultations, whether they are open and until when, who was asked under which kind and group of that day, and when their
-- comments were published.
create table consultation (
    consultation uuid primary key,
    instrument uuid not null,
    revision int not null,
    round int not null,
    title jsonb, -- null: it has no name of its own
    reference text not null,
    opened_on date not null,
    since bigint not null
);
create unique index on consultation (instrument, round);
create index on consultation (since);

-- The kinds of party to which it is addressed as a whole, in the order in which they were named.
create table consultation_audience (
    consultation uuid not null,
    kind text not null,
    number smallint not null,
    since bigint not null,
    primary key (consultation, kind)
);

create table consultation_status (
    consultation uuid not null,
    status text not null, -- open, closed
    since bigint not null,
    until bigint,
    primary key (consultation, since)
);

create table consultation_deadline (
    consultation uuid not null,
    deadline timestamptz not null,
    last_moment timestamptz not null, -- what is received after it is late: a day's last second means the whole day
    time_zone text not null,
    since bigint not null,
    until bigint,
    primary key (consultation, since)
);

create table asked_party (
    consultation uuid not null,
    party uuid not null,
    kind text not null,
    regional_group text,
    since bigint not null,
    primary key (consultation, party)
);

create table comments_publication (
    consultation uuid primary key,
    date date not null,
    since bigint not null
);

create function project_consultation(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into consultation (consultation, instrument, revision, round, title, reference, opened_on, since)
    select stream, (data ->> 'instrument')::uuid, (data ->> 'revision')::int, (data ->> 'round')::int, data -> 'title',
           data ->> 'reference', (data ->> 'opened_on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'consultation_opened';

    insert into consultation_audience (consultation, kind, number, since)
    select stream, audience, number, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join jsonb_array_elements_text(data -> 'audiences') with ordinality as audiences (audience, number)
     where e.kind in ('consultation_opened', 'consultation_parties_asked');

    insert into consultation_status (consultation, status, since)
    select stream, case kind when 'consultation_closed' then 'closed' else 'open' end, position
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind in ('consultation_opened', 'consultation_closed', 'consultation_reopened') order by position;

    insert into consultation_deadline (consultation, deadline, last_moment, time_zone, since)
    select stream, at, log.last_moment(at, zone), zone, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join lateral (select (data #>> '{until,at}')::timestamptz, data #>> '{until,time_zone}') as d (at, zone)
     where kind in ('consultation_opened', 'consultation_extended') order by position;

    insert into asked_party (consultation, party, kind, regional_group, since)
    select stream, (a ->> 'party')::uuid, a ->> 'kind', a ->> 'regional_group', position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join jsonb_array_elements(data -> 'parties') as a
     where e.kind = 'consultation_parties_asked';

    insert into comments_publication (consultation, date, since)
    select stream, (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'comments_published';
end $$;

create view consultations as
select c.consultation as id, c.instrument, c.revision, c.round, c.reference, c.opened_on,
       array(select a.kind from consultation_audience a where a.consultation = c.consultation
              order by a.since, a.number) as audiences, d.deadline,
       d.time_zone, s.status, p.date as comments_published_on
  from consultation c
  join consultation_status s on s.consultation = c.consultation and s.until is null
  join consultation_deadline d on d.consultation = c.consultation and d.until is null
  left join comments_publication p on p.consultation = c.consultation;

create view consultation_parties as
select a.consultation, a.party, a.kind, a.regional_group from asked_party a;
