-- Releases: the states of the log as of which the public sees a collection's figures.
create table release (
    collection uuid not null,
    release int not null,
    position bigint not null, -- the state that is shown
    counted int not null,
    newly_counted int not null,
    since bigint not null, -- recorded then, never ended
    primary key (collection, release)
);

create function project_release(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into release (collection, release, position, counted, newly_counted, since)
    select stream, (data ->> 'release')::int, (data ->> 'position')::bigint, (data ->> 'counted')::int,
           (data ->> 'newly_counted')::int, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'figures_released';
end $$;

create view releases as
select r.collection, r.release, r.position, r.counted, r.newly_counted from release r;
