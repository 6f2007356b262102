-- Collections, whether they are open, and who is invited under which kind and group of that day.
create table collection (
    collection uuid primary key,
    instrument uuid not null,
    revision int not null,
    title jsonb not null,
    reference text not null,
    opened_on date not null,
    deadline timestamptz not null,
    time_zone text not null,
    session int,
    notices jsonb not null,
    since bigint not null
);
create index on collection (since);

create table collection_status (
    collection uuid not null,
    status text not null, -- open, closed
    since bigint not null,
    until bigint,
    primary key (collection, since)
);

create table invitation (
    collection uuid not null,
    party uuid not null,
    kind text not null,
    regional_group text,
    region text,
    since bigint not null,
    primary key (collection, party)
);

create function project_collection(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into collection (collection, instrument, revision, title, reference, opened_on, deadline, time_zone,
                            session, notices, since)
    select stream, (data ->> 'instrument')::uuid, (data ->> 'revision')::int, data -> 'title', data ->> 'reference',
           (data ->> 'opened_on')::date, (data #>> '{deadline,at}')::timestamptz, data #>> '{deadline,time_zone}',
           (data ->> 'session')::int, coalesce(data -> 'notices', '[]'), position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'collection_opened';

    update collection_status s set until = c.position
      from (select stream, min(position) as position
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
             where kind in ('collection_closed', 'collection_reopened') group by stream) c
     where s.collection = c.stream and s.until is null;

    insert into collection_status (collection, status, since, until)
    select stream, case kind when 'collection_closed' then 'closed' else 'open' end, position,
           lead(position) over (partition by stream order by position)
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind in ('collection_opened', 'collection_closed', 'collection_reopened');

    insert into invitation (collection, party, kind, regional_group, region, since)
    select stream, (i ->> 'party')::uuid, i ->> 'kind', i ->> 'regional_group', i ->> 'region', position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join jsonb_array_elements(data -> 'parties') as i
     where e.kind = 'parties_invited';
end $$;

create view collections as
select c.collection as id, c.instrument, c.revision, c.title ->> 'en' as title_en, c.title ->> 'fr' as title_fr,
       c.reference, c.opened_on, c.deadline, c.time_zone, c.session, s.status
  from collection c join collection_status s on s.collection = c.collection and s.until is null;

create view invitations as
select i.collection, i.party, i.kind, i.regional_group, i.region from invitation i;
