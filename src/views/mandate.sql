-- What the mandate tracker is computed from: the events that its rules read, as they are.
create table mandate_event (
    position bigint primary key,
    stream uuid not null,
    kind text not null,
    data jsonb not null
);

create function project_mandate(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into mandate_event (position, stream, kind, data)
    select position, stream, kind, data
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = any (mandate_kinds());
end $$;
