-- Appends a batch: each append is checked in order, seeing those accepted before it, and refused alone. It looks up no more than it has to. Whoever appended last knows where its streams
-- stand, and need not be told: so each run of appends by one writer alone is a term, and a writer says in which term it knows
-- what it knows. It also says which views the batch concerns, since it has to know their definitions anyway.
--
-- Outcomes: 0 recorded, 1 recorded before by the same command, 2 the command id was used for another request,
-- 3 a stream has moved on (the expected version or a guard no longer holds). None at all where everything was recorded: the
-- events are then the last ones up to the head, in the batch's order.
--
-- Volatile, and run at READ COMMITTED: the first statement locks the head row, and every later one takes a fresh
-- snapshot, which therefore sees all that earlier holders of the lock committed. A single CTE would not: its snapshot
-- is older than its lock, and two processes would then both see the old state.
create function log.append(
    p_views_hash text,
    p_clock float8, -- the server's, in seconds since 1970
    -- every stream that the batch names, once; appends refer to them by their place here
    p_streams uuid[],
    p_floors int[], -- the least version that the batch expects of each; an older stream need not be told from an empty one
    p_known boolean[], -- whether the caller knows of each that it stands at its floor, if nobody else has appended since
    p_term bigint, -- the term in which it knows that; null: it knows of nothing
    p_writer uuid, -- who it is
    -- whether all of the batch must be accepted where every stream is at its floor: nothing expects a stream at two
    -- versions, and no append names a stream that another one adds to
    p_independent boolean,
    -- one element per append
    p_command uuid[],
    p_request bytea[], -- empty: the client gave no key, so nothing needs remembering
    p_stream int[],
    p_expected int[],
    p_events_until int[], -- events of append i: (p_events_until[i-1], p_events_until[i]]; none only for a command to
                          -- remember that changes nothing
    p_guards_until int[], -- and its guards
    -- one element per guard
    p_guard_stream int[],
    p_guard_version int[],
    -- one element per event
    p_event_append int[],
    p_event_stream uuid[],
    p_event_version int[],
    p_event_kind text[],
    p_event_open text[], -- its envelope up to the key "position"
    p_event_data jsonb[], -- its data once more, for the views: parsed before the lock
    p_touched boolean[], -- of each view, in their order, whether it reads one of these events; up to the last that does
    -- one element per content
    p_content_append int[],
    p_content_id uuid[],
    p_content_salt bytea[],
    p_content_media_type text[],
    p_content_body bytea[],
    out outcomes int[],
    out firsts bigint[],
    out lasts bigint[],
    out head bigint,
    out term bigint -- in which the caller now knows where these streams stand; null where nothing was recorded
) language plpgsql as $$
declare
    appends constant int := cardinality(p_command);
    keyed constant boolean := ''::bytea <> any(p_request);
    called constant timestamptz := clock_timestamp();
    now timestamptz;
    head_time timestamptz;
    head_writer uuid;
    head_term bigint;
    views_hash text;
    versions int[];
    place int;
    guard int := 0;
    event int := 0; -- how many events the appends before have
    events int;
    positions bigint[];
    times timestamptz[];
    second timestamptz; -- in which the batch begins
    seconds text[]; -- that one and the next, as they are written
    found record;
    nothing text;
begin
    select h.position, h.time, h.writer, h.term, h.views_hash into head, head_time, head_writer, head_term, views_hash
      from log.head h for update;
    now := clock_timestamp(); -- read under the lock: while it was waited for, others recorded later times

    if views_hash is distinct from p_views_hash then
        raise exception 'the views here are %, this program''s are %', coalesce(views_hash, 'not built'), p_views_hash
            using errcode = 'RA001';
    end if;
    if now < head_time - interval '5 seconds' then
        raise exception 'the database''s clock says %, but the last event was recorded at %', now, head_time
            using errcode = 'RA002';
    end if;
    if abs(extract(epoch from called) - p_clock) > 300 then
        raise exception 'the database''s clock says %, the server''s %', called, to_timestamp(p_clock) using errcode = 'RA002';
    end if;

    -- What this writer has under way beside this batch is of the same term: so it is one for all that it knows afterwards.
    if head_writer is distinct from p_writer then
        head_term := head + 1;
    end if;
    if head_term is distinct from p_term then
        p_known := array_fill(false, array[cardinality(p_streams)]);
    end if;

    -- From the floor on: without it, this would read as much of a stream's index as lies on one page.
    versions := p_floors;
    if false = any(p_known) then
        versions := array(
            select case when s.known then s.floor
                        else coalesce((select e.version from log.event e where e.stream = s.stream and e.version >= s.floor
                                        order by e.version desc limit 1), 0) end
              from unnest(p_streams, p_floors, p_known) with ordinality as s (stream, floor, known, n)
             order by n);
    end if;

    if p_independent and versions = p_floors and not keyed then
        head := head + cardinality(p_event_append);
    else
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

        for i in 1 .. appends loop
            place := p_stream[i];
            if outcomes[i] = 0 and versions[place] <> p_expected[i] then
                outcomes[i] := 3;
            end if;
            while guard < p_guards_until[i] loop
                guard := guard + 1;
                if outcomes[i] = 0 and versions[p_guard_stream[guard]] <> p_guard_version[guard] then
                    outcomes[i] := 3;
                end if;
            end loop;
            if outcomes[i] = 0 then
                events := p_events_until[i] - event;
                versions[place] := versions[place] + events;
                firsts[i] := head + 1;
                head := head + events;
                lasts[i] := head;
            end if;
            event := p_events_until[i];
        end loop;

        -- From here on there are only the events that are accepted.
        if 0 <> any(outcomes) then
            select coalesce(array_agg(e.append order by n), '{}'), array_agg(e.stream order by n),
                   array_agg(e.version order by n), array_agg(e.kind order by n), array_agg(e.open order by n),
                   array_agg(e.data order by n)
              into p_event_append, p_event_stream, p_event_version, p_event_kind, p_event_open, p_event_data
              from unnest(p_event_append, p_event_stream, p_event_version, p_event_kind, p_event_open, p_event_data)
                   with ordinality as e (append, stream, version, kind, open, data, n)
             where outcomes[e.append] = 0;
        end if;

        if keyed then
            insert into log.command (id, request, stream, first, last)
            select p_command[i], p_request[i], p_streams[p_stream[i]], firsts[i], lasts[i]
              from generate_series(1, appends) as i
             where outcomes[i] = 0 and length(p_request[i]) > 0;
        end if;
    end if;

    events := cardinality(p_event_append);
    if events = 0 then
        return;
    end if;

    term := head_term;
    head_time := greatest(now, head_time + interval '1 microsecond');
    if events = 1 then -- assigned, without setting up an executor
        positions := array[head];
        times := array[head_time + (p_event_append[1] - 1) * interval '1 microsecond'];
    else
        select array_agg(append.head - events + i), array_agg(head_time + (p_event_append[i] - 1) * interval '1 microsecond')
          into positions, times
          from generate_series(1, events) as i;
    end if;

    -- To write each time as a whole would cost half as much as the hash. A batch takes far less than a second.
    second := date_trunc('second', head_time);
    seconds := array[to_char(second at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.'),
                     to_char((second + interval '1 second') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.')];

    -- The envelope is hashed and stored: `offset 0` keeps it from being written twice.
    insert into log.event (position, stream, version, time, command, kind, envelope, leaf)
    select positions[i], p_event_stream[i], p_event_version[i], times[i], p_command[p_event_append[i]], p_event_kind[i],
           envelope, sha256('\x00'::bytea || textsend(envelope))
      from (select i, concat(p_event_open[i], ',"position":', positions[i], ',"stream":"', p_event_stream[i], '","time":"',
                             seconds[case when times[i] < second + interval '1 second' then 1 else 2 end],
                             to_char(times[i], 'US'), 'Z","version":', p_event_version[i], '}') as envelope
              from (select generate_series(1, events) as i) as counted -- unnesting all these arrays would copy them
            offset 0) as sealed;

    if cardinality(p_content_id) > 0 then
        insert into log.content (id, position, salt, media_type, body)
        select c.id, coalesce(firsts[c.append], append.head - events + coalesce(p_events_until[c.append - 1], 0) + 1),
               c.salt, c.media_type, c.body
          from unnest(p_content_append, p_content_id, p_content_salt, p_content_media_type, p_content_body)
               as c (append, id, salt, media_type, body)
         where coalesce(outcomes[c.append] = 0 and firsts[c.append] <= lasts[c.append], true);
    end if;

    nothing := views.project(p_touched, positions, times, p_event_stream, p_event_kind, p_event_data);

    update log.head h set position = append.head, time = times[events], writer = p_writer, term = head_term;
end $$;
