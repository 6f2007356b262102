-- Collections, whether they are open, and who is invited under which kind and group of that day.
create table collection (
    collection uuid primary key,
    instrument uuid not null,
    title jsonb not null,
    reference text not null,
    opened_on date not null,
    session int,
    notices jsonb not null,
    basis text not null, -- consenting, all: on whom its public figures stand
    since bigint not null
);
create index on collection (since);

-- Which revision of the instrument is asked: a correction of the one before.
create table collection_revision (
    collection uuid not null,
    revision int not null,
    since bigint not null,
    until bigint,
    primary key (collection, since)
);

create table collection_status (
    collection uuid not null,
    status text not null, -- open, closed
    since bigint not null,
    until bigint,
    primary key (collection, since)
);

-- Deadlines that were set: the collection's, and those of single parties. Of all that concern a party the latest holds.
create table deadline (
    collection uuid not null,
    party uuid not null, -- nil: every party's
    deadline timestamptz not null,
    last_moment timestamptz not null, -- what is received after it is late: a day's last second means the whole day
    time_zone text not null,
    since bigint not null, -- set then, never ended
    primary key (collection, party, since)
);

create table reminder (
    collection uuid not null,
    party uuid not null,
    since bigint not null, -- sent then
    primary key (collection, party, since)
);

create table invitation (
    collection uuid not null,
    party uuid not null,
    kind text not null,
    regional_group text,
    region text,
    reference text, -- of the letter; null: the one that opened the collection
    dated date,
    since bigint not null,
    primary key (collection, party)
);

create function project_collection(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into collection (collection, instrument, title, reference, opened_on, session, notices, basis, since)
    select stream, (data ->> 'instrument')::uuid, data -> 'title', data ->> 'reference',
           (data ->> 'opened_on')::date, (data ->> 'session')::int, coalesce(data -> 'notices', '[]'),
           coalesce(data ->> 'basis', 'consenting'), position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'collection_opened';

    insert into collection_revision (collection, revision, since)
    select stream, (data ->> 'revision')::int, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('collection_opened', 'questionnaire_corrected') order by position;

    insert into collection_status (collection, status, since)
    select stream, case kind when 'collection_closed' then 'closed' else 'open' end, position
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind in ('collection_opened', 'collection_closed', 'collection_reopened') order by position;

    insert into deadline (collection, party, deadline, last_moment, time_zone, since)
    select stream, party::uuid, at, log.last_moment(at, zone), zone, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join lateral (select (data #>> '{deadline,at}')::timestamptz, data #>> '{deadline,time_zone}') as d (at, zone)
     cross join lateral jsonb_array_elements_text(
           coalesce(data -> 'parties', '["00000000-0000-0000-0000-000000000000"]')) as party
     where kind in ('collection_opened', 'deadline_extended');

    insert into reminder (collection, party, since)
    select stream, party::uuid, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join lateral jsonb_array_elements_text(data -> 'parties') as party
     where kind = 'reminders_sent';

    insert into invitation (collection, party, kind, regional_group, region, reference, dated, since)
    select stream, (i ->> 'party')::uuid, i ->> 'kind', i ->> 'regional_group', i ->> 'region',
           data #>> '{letter,reference}', (data #>> '{letter,dated}')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join jsonb_array_elements(data -> 'parties') as i
     where e.kind = 'parties_invited';
end $$;

create view collections as
select c.collection as id, c.instrument, r.revision, c.title ->> 'en' as title_en, c.title ->> 'fr' as title_fr,
       c.reference, c.opened_on, d.deadline, d.time_zone, c.session, s.status, c.basis
  from collection c
  join collection_revision r on r.collection = c.collection and r.until is null
  join collection_status s on s.collection = c.collection and s.until is null
 cross join lateral (select deadline, time_zone from deadline d
                      where d.collection = c.collection and d.party = '00000000-0000-0000-0000-000000000000'
                      order by deadline desc limit 1) d;

create view invitations as
select i.collection, i.party, i.kind, i.regional_group, i.region,
       coalesce(i.reference, c.reference) as reference, coalesce(i.dated, c.opened_on) as dated, d.deadline
  from invitation i
  join collection c on c.collection = i.collection
 cross join lateral (select max(deadline) as deadline from deadline d
                      where d.collection = i.collection
                        and d.party in (i.party, '00000000-0000-0000-0000-000000000000')) d;
