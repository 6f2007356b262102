-- Requests for assistance: which State asks for which of its needs, and where each request stands.
create table request (
    request uuid primary key,
    party uuid not null,
    needs uuid[] not null,
    made_on date not null,
    since bigint not null
);
create index on request (party);

create table request_status (
    request uuid not null,
    status text not null, -- made, accepted, declined, withdrawn
    since bigint not null,
    until bigint,
    primary key (request, since)
);

create function project_request(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into request (request, party, needs, made_on, since)
    select stream, (data ->> 'party')::uuid, array(select jsonb_array_elements_text(data -> 'needs')::uuid),
           (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'request_made';

    insert into request_status (request, status, since)
    select stream, replace(kind, 'request_', ''), position
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind in ('request_made', 'request_accepted', 'request_declined', 'request_withdrawn') order by position;
end $$;
