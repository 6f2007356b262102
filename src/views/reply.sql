-- Replies, and which version of each counts: replied means submitted and not withdrawn.
create table reply (
    reply uuid primary key,
    collection uuid not null,
    party uuid not null,
    begun_by uuid, -- who began it for its party; null while only the Secretariat has written
    revision int not null, -- of the instrument, with which it was begun
    since bigint not null
);
create index on reply (collection, since);
create index on reply (collection, party);

create table submission (
    collection uuid not null,
    reply uuid not null,
    party uuid not null,
    version int not null,
    revision int not null, -- of the instrument, which it answers
    received_at timestamptz not null, -- when it was recorded
    received_on date, -- the day on which it came otherwise, where the Secretariat entered it; that day then decides
    source text, -- how it came then: paper, email, fax, other
    source_reference text,
    since bigint not null, -- a figure reads the answers as they stood here
    until bigint,
    primary key (collection, reply, since)
);
create index on submission (collection, party);

-- What becomes of a submitted version: the Secretariat asks about it, or accepts it; its party amends it.
create table clarification (
    reply uuid not null,
    number int not null,
    question text collate "C", -- null: about the whole reply
    since bigint not null, -- asked
    until bigint, -- answered, submitted anew, or needed no longer
    primary key (reply, number)
);

create table acceptance (
    reply uuid not null,
    since bigint not null,
    until bigint,
    primary key (reply, since)
);

create table amendment (
    reply uuid not null,
    since bigint not null,
    until bigint, -- submitted or discarded, or begun anew from another source or by another hand
    primary key (reply, since)
);

create function project_reply(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    if 'reply_started' = any(p_kind) then
        insert into reply (reply, collection, party, begun_by, revision, since)
        select stream, (data ->> 'collection')::uuid, (data ->> 'party')::uuid, (data ->> 'begun_by')::uuid,
               (data ->> 'revision')::int, position
          from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
         where kind = 'reply_started';
    end if;
    if not (p_kind && array['reply_submitted', 'reply_withdrawn', 'reply_accepted', 'clarification_requested',
                            'clarification_answered', 'clarification_withdrawn', 'amendment_begun', 'amendment_discarded'])
    then
        return;
    end if;

    insert into submission (collection, reply, party, version, revision, received_at, received_on, source, source_reference,
                            since, until)
    select r.collection, r.reply, r.party, (data ->> 'version')::int, coalesce((data ->> 'revision')::int, r.revision), time,
           (data #>> '{source,received_on}')::date,
           data #>> '{source,kind}', data #>> '{source,reference}', position,
           case kind when 'reply_withdrawn' then position end
      from unnest(p_position, p_time, p_stream, p_kind, p_data) as e (position, time, stream, kind, data)
      join reply r on r.reply = stream
     where kind in ('reply_submitted', 'reply_withdrawn') order by position;

    -- The first submission may end one too: the Secretariat takes the pen from a draft.
    insert into amendment (reply, since, until)
    select stream, position, case when kind in ('reply_submitted', 'reply_withdrawn', 'amendment_discarded') then position end
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('amendment_begun', 'reply_submitted', 'reply_withdrawn')
        or (kind = 'amendment_discarded' and not coalesce((data ->> 'resumes')::boolean, false))
     order by position;

    -- Most batches have answers and first submissions only, of which the rest has nothing to say.
    if not (p_kind && array['reply_accepted', 'clarification_requested', 'clarification_answered', 'clarification_withdrawn',
                            'amendment_begun', 'amendment_discarded', 'reply_withdrawn'])
       and not exists (select from unnest(p_kind, p_data) as e (kind, data)
                        where kind = 'reply_submitted' and (data ->> 'version')::int > 1)
    then
        return;
    end if;

    update reply r set begun_by = b.begun_by
      from (select distinct on (stream) stream, (data ->> 'begun_by')::uuid as begun_by
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
             where kind = 'amendment_begun' and data ? 'begun_by'
             order by stream, position) b
     where r.reply = b.stream and r.begun_by is null;

    insert into acceptance (reply, since, until)
    select stream, position, case when kind in ('reply_submitted', 'reply_withdrawn') then position end
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind in ('reply_accepted', 'reply_submitted', 'reply_withdrawn') order by position;

    -- A clarification ends with what is said of it by number, or with what ends all of them, whichever comes first.
    update clarification q set until = c.position
      from (select q.reply, q.number, min(e.position) as position
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
              join clarification q on q.reply = e.stream and q.until is null
               and coalesce((e.data ->> 'clarification')::int, q.number) = q.number
             where e.kind in ('clarification_answered', 'clarification_withdrawn', 'reply_submitted', 'reply_withdrawn')
             group by 1, 2) c
     where q.reply = c.reply and q.number = c.number;

    insert into clarification (reply, number, question, since, until)
    select stream, number, question, position, least(own, whole)
      from (select stream, kind, position, number, question,
                   lead(position) over (partition by stream, number order by position) as own,
                   min(position) filter (where number is null)
                       over (partition by stream order by position rows between 1 following and unbounded following) as whole
              from (select position, stream, kind, (data ->> 'clarification')::int as number, data ->> 'question' as question
                      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
                     where kind in ('clarification_requested', 'clarification_answered', 'clarification_withdrawn',
                                    'reply_submitted', 'reply_withdrawn')) e) e
     where kind = 'clarification_requested';
end $$;

create view replies as
select s.collection, s.party, s.version, s.revision, s.received_at, s.received_on, s.source from submission s where s.until is null;
