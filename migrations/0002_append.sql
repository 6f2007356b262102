-- Appends a batch: each append is checked in order, seeing those accepted before it, and refused alone.
--
-- Outcomes: 0 recorded, 1 recorded before by the same command, 2 the command id was used for another request,
-- 3 a stream has moved on (the expected version or a guard no longer holds).
--
-- Volatile, and run at READ COMMITTED: the first statement locks the head row, and every later one takes a fresh
-- snapshot, which therefore sees all that earlier holders of the lock committed. A single CTE would not: its snapshot
-- is older than its lock, and two processes would then both see the old state.
create function log.append(
    p_views_hash text,
    p_clock timestamptz,
    -- every stream that the batch names, once; appends refer to them by their place here
    p_streams uuid[],
    p_floors int[], -- the least version that the batch expects of each; an older stream need not be told from an empty one
    -- one element per append
    p_command uuid[],
    p_request bytea[], -- empty: the client gave no key, so nothing needs remembering
    p_stream int[],
    p_expected int[],
    p_events int[], -- how many; 0 only for a command to remember that changes nothing
    p_guards_until int[], -- guards of append i: (p_guards_until[i-1], p_guards_until[i]]
    -- one element per guard
    p_guard_stream int[],
    p_guard_version int[],
    -- one element per event; its envelope is the head up to the key "data", the data, and the tail up to the key "kind"
    p_event_append int[],
    p_event_offset int[],
    p_event_kind text[],
    p_event_head text[],
    p_event_data text[],
    p_event_tail text[],
    -- one element per content
    p_content_append int[],
    p_content_id uuid[],
    p_content_salt bytea[],
    p_content_media_type text[],
    p_content_body bytea[],
    out outcomes int[],
    out firsts bigint[],
    out lasts bigint[],
    out head bigint
) language plpgsql as $$
declare
    appends constant int := cardinality(p_command);
    head_time timestamptz;
    views_hash text;
    called constant timestamptz := clock_timestamp();
    now timestamptz;
    versions int[];
    times timestamptz[];
    accepted int := 0;
    guard int := 1;
    place int;
    positions bigint[];
    event_times timestamptz[];
    event_streams uuid[];
    event_kinds text[];
    event_data jsonb[];
    found record;
begin
    select h.position, h.time, h.views_hash into head, head_time, views_hash from log.head h for update;
    now := clock_timestamp(); -- read under the lock: while it was waited for, others recorded later times

    if views_hash is distinct from p_views_hash then
        raise exception 'the views here are %, this program''s are %', coalesce(views_hash, 'not built'), p_views_hash
            using errcode = 'RA001';
    end if;
    if now < head_time - interval '5 seconds' then
        raise exception 'the database''s clock says %, but the last event was recorded at %', now, head_time
            using errcode = 'RA002';
    end if;
    if abs(extract(epoch from called - p_clock)) > 300 then
        raise exception 'the database''s clock says %, the server''s %', called, p_clock using errcode = 'RA002';
    end if;
    head_time := greatest(now, head_time + interval '1 microsecond');

    outcomes := array_fill(0, array[appends]);
    firsts := array_fill(0::bigint, array[appends]);
    lasts := firsts;
    for found in
        select a.n, case when c.request = a.request then 1 else 2 end as outcome, c.first, c.last
          from unnest(p_command, p_request) with ordinality as a (command, request, n)
          join log.command c on c.id = a.command
         where length(a.request) > 0
    loop
        outcomes[found.n] := found.outcome;
        firsts[found.n] := found.first;
        lasts[found.n] := found.last;
    end loop;

    -- From the floor on: without it, this would read as much of a stream's index as lies on one page.
    versions := array(
        select coalesce((select e.version from log.event e where e.stream = s.stream and e.version >= s.floor
                          order by e.version desc limit 1), 0)
          from unnest(p_streams, p_floors) with ordinality as s (stream, floor, n)
         order by n);

    times := array_fill(head_time, array[appends]);
    for i in 1 .. appends loop
        place := p_stream[i];
        if outcomes[i] = 0 and versions[place] <> p_expected[i] then
            outcomes[i] := 3;
        end if;
        while guard <= p_guards_until[i] loop
            if outcomes[i] = 0 and versions[p_guard_stream[guard]] <> p_guard_version[guard] then
                outcomes[i] := 3;
            end if;
            guard := guard + 1;
        end loop;
        if outcomes[i] = 0 then
            versions[place] := versions[place] + p_events[i];
            firsts[i] := head + 1;
            head := head + p_events[i];
            lasts[i] := head;
            if p_events[i] > 0 then
                times[i] := head_time + accepted * interval '1 microsecond';
                accepted := accepted + 1;
            end if;
        end if;
    end loop;

    insert into log.command (id, request, stream, first, last)
    select p_command[i], p_request[i], p_streams[p_stream[i]], firsts[i], lasts[i]
      from generate_series(1, appends) as i
     where outcomes[i] = 0 and length(p_request[i]) > 0;

    if accepted = 0 then
        return;
    end if;

    with event as (
        select firsts[e.append] + e.number as position, p_streams[p_stream[e.append]] as stream,
               p_expected[e.append] + e.number + 1 as version, times[e.append] as time,
               p_command[e.append] as command, e.kind, e.head, e.data, e.tail
          from unnest(p_event_append, p_event_offset, p_event_kind, p_event_head, p_event_data, p_event_tail)
               as e (append, number, kind, head, data, tail)
         where outcomes[e.append] = 0
    ), sealed as materialized (
        select position, stream, version, time, command, kind, data,
               concat(event.head, data, event.tail, ',"position":', position, ',"stream":"', stream, '","time":"',
                      to_char(time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '","version":', version, '}')
                   as envelope
          from event
    ), recorded as (
        insert into log.event (position, stream, version, time, command, kind, envelope, leaf)
        select position, stream, version, time, command, kind, envelope,
               sha256('\x00'::bytea || convert_to(envelope, 'UTF8'))
          from sealed
    )
    select array_agg(s.position), array_agg(s.time), array_agg(s.stream), array_agg(s.kind),
           array_agg(s.data::jsonb)
      into positions, event_times, event_streams, event_kinds, event_data
      from (select * from sealed order by position) s;

    if cardinality(p_content_id) > 0 then
        insert into log.content (id, position, salt, media_type, body)
        select c.id, firsts[c.append], c.salt, c.media_type, c.body
          from unnest(p_content_append, p_content_id, p_content_salt, p_content_media_type, p_content_body)
               as c (append, id, salt, media_type, body)
         where outcomes[c.append] = 0 and p_events[c.append] > 0;
    end if;

    perform views.project(positions, event_times, event_streams, event_kinds, event_data);

    update log.head h
       set position = append.head, time = head_time + (accepted - 1) * interval '1 microsecond';
    perform pg_notify('log', append.head::text);
end $$;
