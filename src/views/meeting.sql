-- Meetings: what was said when they were convened, where they stand, when they are or were, their seats, who took part.
create table meeting (
    meeting uuid primary key,
    kind text not null,
    title jsonb not null,
    session int, -- of the Commission, or the Congress's number
    categories text[] not null,
    mandate int, -- the operative paragraph of resolution 2004/28 that asks for it
    since bigint not null
);

create table meeting_status (
    meeting uuid not null,
    status text not null, -- convened, held, concluded, cancelled
    since bigint not null,
    until bigint,
    primary key (meeting, since)
);

create table meeting_days (
    meeting uuid not null,
    starts_on date not null,
    ends_on date not null,
    since bigint not null,
    until bigint,
    primary key (meeting, since)
);

create table meeting_seats (
    meeting uuid not null,
    regional_group text not null,
    seats int not null,
    since bigint not null,
    until bigint,
    primary key (meeting, regional_group, since)
);

create table meeting_participant (
    meeting uuid not null,
    party uuid not null,
    capacity text not null, -- expert, member, observer, secretariat
    persons int not null,
    kind text not null,
    regional_group text, -- on the meeting's first day
    since bigint not null,
    until bigint,
    primary key (meeting, party, capacity, since)
);

create table meeting_resources (
    meeting uuid not null,
    resources text not null, -- sought, secured, not_available
    day date not null, -- from which it is so
    since bigint not null,
    until bigint,
    primary key (meeting, since)
);

create function project_meeting(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into meeting (meeting, kind, title, session, categories, mandate, since)
    select stream, data ->> 'kind', data -> 'title', (data ->> 'session')::int,
           array(select jsonb_array_elements_text(coalesce(data -> 'categories', '[]'))), (data ->> 'mandate')::int, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'meeting_convened';

    insert into meeting_status (meeting, status, since)
    select stream, case kind when 'meeting_convened' then 'convened' when 'meeting_held' then 'held'
                             when 'meeting_cancelled' then 'cancelled' else 'concluded' end, position
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind in ('meeting_convened', 'meeting_held', 'meeting_cancelled', 'meeting_outcome_recorded') order by position;

    insert into meeting_days (meeting, starts_on, ends_on, since)
    select stream, (data ->> 'starts_on')::date, (data ->> 'ends_on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('meeting_convened', 'meeting_rescheduled', 'meeting_held') order by position;

    update meeting_seats s set until = c.position
      from (select stream, min(position) as position
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
             where kind = 'meeting_seats_allocated' group by stream) c
     where s.meeting = c.stream and s.until is null;

    insert into meeting_seats (meeting, regional_group, seats, since, until)
    select a.stream, s.regional_group, s.seats::int, a.position, a.until
      from (select stream, position, data -> 'by_group' as by_group,
                   lead(position) over (partition by stream order by position) as until
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
             where kind = 'meeting_seats_allocated') a
     cross join jsonb_each_text(a.by_group) as s (regional_group, seats);

    update meeting_participant p set until = c.position
      from (select stream, min(position) as position
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
             where kind = 'meeting_participants_recorded' group by stream) c
     where p.meeting = c.stream and p.until is null;

    insert into meeting_participant (meeting, party, capacity, persons, kind, regional_group, since, until)
    select r.stream, (p ->> 'party')::uuid, p ->> 'capacity', (p ->> 'persons')::int, p ->> 'kind', p ->> 'regional_group',
           r.position, r.until
      from (select stream, position, data -> 'participants' as participants,
                   lead(position) over (partition by stream order by position) as until
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
             where kind = 'meeting_participants_recorded') r
     cross join jsonb_array_elements(r.participants) as p;

    insert into meeting_resources (meeting, resources, day, since)
    select stream, data ->> 'resources', (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'meeting_resources_recorded' order by position;
end $$;

create view meetings as
select m.meeting as id, m.kind, m.title ->> 'en' as title_en, m.title ->> 'fr' as title_fr, m.session, d.starts_on,
       d.ends_on, s.status, m.categories, m.mandate, r.resources
  from meeting m
  join meeting_status s on s.meeting = m.meeting and s.until is null
  join meeting_days d on d.meeting = m.meeting and d.until is null
  left join meeting_resources r on r.meeting = m.meeting and r.until is null;

create view meeting_participants as
select p.meeting, p.party, p.capacity, p.persons, p.kind, p.regional_group from meeting_participant p where p.until is null;

create view meeting_representation as
select s.meeting, s.regional_group, s.seats,
       (select coalesce(sum(p.persons), 0)::int from meeting_participant p
         where p.meeting = s.meeting and p.until is null and p.capacity = 'expert'
           and p.regional_group = s.regional_group) as experts
  from meeting_seats s where s.until is null;
