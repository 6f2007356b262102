-- Who acts for a party in a collection, over time: its focal point, its contributors and their sections; and who comments for it in a
-- consultation.
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

create table commenter (
    consultation uuid not null,
    party uuid not null,
    person uuid not null,
    since bigint not null,
    until bigint,
    primary key (consultation, party, person, since)
);
create index on commenter (person) where until is null;

create function project_delegation(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into focal_point (collection, party, person, since)
    select (data ->> 'collection')::uuid, (data ->> 'party')::uuid, (data ->> 'person')::uuid, position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind in ('focal_point_named', 'focal_point_ended') order by position;

    insert into nomination (collection, party, person, since, until)
    select (data ->> 'collection')::uuid, (data ->> 'party')::uuid, (data ->> 'person')::uuid, position,
           case kind when 'focal_point_named' then position end
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind in ('focal_point_nominated', 'focal_point_named') order by position;

    -- Whoever becomes the focal point is no contributor any more.
    insert into contributor (collection, party, person, sections, since, until)
    select (data ->> 'collection')::uuid, (data ->> 'party')::uuid, (data ->> 'person')::uuid,
           array(select jsonb_array_elements_text(data -> 'sections')), position,
           case when kind in ('contributor_dismissed', 'focal_point_named') then position end
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind in ('contributor_admitted', 'contributor_dismissed', 'focal_point_named') order by position;

    insert into commenter (consultation, party, person, since, until)
    select (data ->> 'consultation')::uuid, (data ->> 'party')::uuid, (data ->> 'person')::uuid, position,
           case kind when 'commenter_ended' then position end
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind in ('commenter_named', 'commenter_ended') order by position;
end $$;
