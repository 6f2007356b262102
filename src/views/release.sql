-- Releases: the states of the log as of which the public sees a collection's figures.
create table release (
    collection uuid not null,
    release int not null,
    position bigint not null, -- the state that is shown
    replied int not null,
    counted int, -- null: the release was made before there was a basis
    newly_counted int,
    consent_as_of bigint not null, -- the state by which consent is judged
    since bigint not null, -- recorded then, never ended
    primary key (collection, release)
);

create function project_release(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into release (collection, release, position, replied, counted, newly_counted, consent_as_of, since)
    select stream, (data ->> 'release')::int, (data ->> 'position')::bigint,
           coalesce(data -> 'replied', data -> 'counted')::int,
           case when data ? 'replied' then (data -> 'counted')::int end,
           case when data ? 'replied' then (data -> 'newly_counted')::int end,
           coalesce((data -> 'consent_as_of')::bigint, position), position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'figures_released';
end $$;

create view releases as
select r.collection, r.release, r.position, r.replied, r.counted, r.newly_counted from release r;
