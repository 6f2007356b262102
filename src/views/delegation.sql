-- Who acts for a party in a collection, over time: its focal point, its contributors and their sections.
create table focal_point (
    collection uuid not null,
    party uuid not null,
    person uuid, -- null: the office is vacant
    since bigint not null,
    until bigint,
    primary key (collection, party, since)
);
create index on focal_point (person) where until is null;
create index on focal_point (party, person, since);

create table contributor (
    collection uuid not null,
    party uuid not null,
    person uuid not null,
    sections text[] collate "C" not null,
    since bigint not null,
    until bigint,
    primary key (collection, party, person, since)
);
create index on contributor (person) where until is null;

-- Whom a permanent mission nominates, until somebody is named.
create table nomination (
    collection uuid not null,
    party uuid not null,
    person uuid not null,
    since bigint not null,
    until bigint,
    primary key (collection, party, since)
);

create function project_delegation(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    with changed as materialized (
        select (data ->> 'collection')::uuid as collection, (data ->> 'party')::uuid as party,
               (data ->> 'person')::uuid as person, position,
               lag(position) over same is null as first, lead(position) over same as until
          from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
         where kind in ('focal_point_named', 'focal_point_ended')
        window same as (partition by stream order by position)
    ), ended as (
        update focal_point f set until = c.position from changed c
         where c.first and f.collection = c.collection and f.party = c.party and f.until is null
    )
    insert into focal_point (collection, party, person, since, until)
    select collection, party, person, position, until from changed;

    with changed as materialized (
        select (data ->> 'collection')::uuid as collection, (data ->> 'party')::uuid as party,
               (data ->> 'person')::uuid as person, kind, position,
               lag(position) over same is null as first, lead(position) over same as until
          from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
         where kind in ('focal_point_nominated', 'focal_point_named')
        window same as (partition by stream order by position)
    ), ended as (
        update nomination n set until = c.position from changed c
         where c.first and n.collection = c.collection and n.party = c.party and n.until is null
    )
    insert into nomination (collection, party, person, since, until)
    select collection, party, person, position, until from changed where kind = 'focal_point_nominated';

    -- Whoever becomes the focal point is no contributor any more.
    with changed as materialized (
        select (data ->> 'collection')::uuid as collection, (data ->> 'party')::uuid as party,
               (data ->> 'person')::uuid as person, position, kind, data -> 'sections' as sections,
               lag(position) over same is null as first, lead(position) over same as until
          from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
         where kind in ('contributor_admitted', 'contributor_dismissed', 'focal_point_named')
        window same as (partition by stream, data ->> 'person' order by position)
    ), ended as (
        update contributor a set until = c.position from changed c
         where c.first and a.collection = c.collection and a.party = c.party and a.person = c.person and a.until is null
    )
    insert into contributor (collection, party, person, sections, since, until)
    select collection, party, person, array(select jsonb_array_elements_text(sections)), position, until
      from changed where kind = 'contributor_admitted';
end $$;
