-- Replies, and which version of each counts: replied means submitted and not withdrawn.
create table reply (
    reply uuid primary key,
    collection uuid not null,
    party uuid not null,
    since bigint not null
);
create index on reply (collection, since);

create table submission (
    collection uuid not null,
    reply uuid not null,
    party uuid not null,
    version int not null,
    received_at timestamptz not null,
    since bigint not null, -- a figure reads the answers as they stood here
    until bigint,
    primary key (collection, reply, since)
);

create function project_reply(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into reply (reply, collection, party, since)
    select stream, (data ->> 'collection')::uuid, (data ->> 'party')::uuid, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'reply_started';

    update submission s set until = c.position
      from (select r.collection, r.reply, min(e.position) as position
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
              join reply r on r.reply = e.stream
             where e.kind = 'reply_submitted' group by 1, 2) c
     where s.collection = c.collection and s.reply = c.reply and s.until is null;

    insert into submission (collection, reply, party, version, received_at, since, until)
    select r.collection, r.reply, r.party, (e.data ->> 'version')::int, e.time, e.position,
           lead(e.position) over (partition by e.stream order by e.position)
      from unnest(p_position, p_time, p_stream, p_kind, p_data) as e (position, time, stream, kind, data)
      join reply r on r.reply = e.stream
     where e.kind = 'reply_submitted';
end $$;

create view replies as
select s.collection, s.party, s.version, s.received_at from submission s where s.until is null;
