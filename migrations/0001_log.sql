-- The event log: what happened, once, in one order. Everything else is derived from it.
create schema log;

-- One row, locked by every append: so positions are gapless and in commit order.
create table log.head (
    one boolean primary key default true check (one),
    position bigint not null default 0,
    time timestamptz not null default '-infinity',
    -- Which view definitions write along with the log; null until they are built for the first time.
    views_generation int,
    views_hash text,
    writer uuid, -- who appended last
    term bigint not null default 0 -- named by the position with which it began: so no two have one name
) with (fillfactor = 10);
insert into log.head default values;

create table log.event (
    position bigint primary key,
    stream uuid not null,
    version int not null,
    time timestamptz not null,
    command uuid not null,
    kind text collate "C" not null,
    -- RFC 8785 canonical JSON, as text: the leaf hash is of these bytes, so nothing may rewrite them.
    envelope text not null check (octet_length(envelope) <= 65535),
    -- RFC 6962: SHA-256 of 0x00 and the envelope.
    leaf bytea not null,
    unique (stream, version)
);

-- What a client named with an Idempotency-Key, so that sending it twice does it once. Where it changed nothing, `first`
-- is one more than `last`, which is then the head of that moment: repeated later, it still changes nothing.
create table log.command (
    id uuid primary key,
    request bytea not null,
    stream uuid not null,
    first bigint not null,
    last bigint not null
);

-- What people typed, and documents: beside the log, so that words that name a person can be deleted while the
-- event's commitment, SHA-256 of salt and body, still stands.
create table log.content (
    id uuid primary key,
    position bigint not null,
    salt bytea not null,
    media_type text not null,
    body bytea not null
);

create function log.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the log is append-only: % of %.% is refused', tg_op, tg_table_schema, tg_table_name
        using errcode = 'RA009';
end $$;

create trigger append_only before update or delete on log.event
    for each row execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.event
    for each statement execute function log.refuse_change();
create trigger append_only before update or delete on log.command
    for each row execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.command
    for each statement execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.content
    for each statement execute function log.refuse_change();

-- RFC 3339, in UTC, to the microsecond: the only way in which a time is written into an envelope or an answer.
create function log.rfc3339(t timestamptz) returns text immutable strict parallel safe language sql as $$
    select to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The last position recorded at or before a time (0 if none). Times never go back, so a binary search over the
-- primary key finds it, and appends pay for no index on time.
create function log.position_at(p_time timestamptz) returns bigint stable strict language plpgsql as $$
declare
    low bigint := 0;
    high bigint;
    middle bigint;
begin
    select position into high from log.head;
    while low < high loop
        middle := (low + high + 1) / 2;
        if (select time <= p_time from log.event where position = middle) then
            low := middle;
        else
            high := middle - 1;
        end if;
    end loop;
    return low;
end $$;

-- The last moment that is in time of a deadline: one in the last second of a day is that of the whole day. In a zone that this
-- database has no longer, or never had, it is the instant itself: nothing that is recorded may keep views from being built.
create function log.last_moment(p_at timestamptz, p_zone text) returns timestamptz stable language plpgsql as $$
begin
    return case when date_trunc('second', p_at) = p_at
                 and ((p_at + interval '1 second') at time zone p_zone)::date > (p_at at time zone p_zone)::date
                then p_at + interval '999999 microseconds' else p_at end;
exception when invalid_parameter_value then
    return p_at;
end $$;
