-- Answers, each from the position at which it was given to the one at which it was changed or cleared.
-- Rows are many, so keys are narrow: a reply's is the position at which it was started, a question's is its code.
create table answer_reply (
    reply uuid primary key,
    key bigint not null
);

create table answer (
    reply bigint not null,
    question text collate "C" not null,
    since bigint not null,
    until bigint,
    not_available boolean not null,
    choice text collate "C",
    choices text[] collate "C",
    number numeric, -- a whole number, a decimal or a year
    day date,
    content uuid, -- the words of a text, beside the log
    lang text,
    primary key (reply, question, since)
) with (fillfactor = 70); -- room for `until` in the row's own page, so that no index changes

create function project_answer(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    if 'reply_started' = any(p_kind) then
        insert into answer_reply (reply, key)
        select stream, position
          from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
         where kind = 'reply_started';
    end if;

    -- Each change ends the one before it: within the batch that is known here; of what held before the batch, the last
    -- fact of a reply and question is the only one that can still hold, and the primary key finds it backwards. (Joined
    -- by `until is null` alone, the join's cost grows with the facts, and a plan made while they are few keeps being used.)
    with changed as materialized (
        select r.key, c.code, e.position, e.kind, c.x,
               lag(e.position) over same is null as first, lead(e.position) over same as until
          from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
          join answer_reply r on r.reply = e.stream
         cross join lateral (
               select x, case e.kind when 'reply_answered' then x ->> 'code' else x #>> '{}' end as code
                 from jsonb_array_elements(
                      case e.kind when 'reply_answered' then e.data -> 'answers' else e.data -> 'codes' end) as x) as c
         where e.kind in ('reply_answered', 'reply_cleared')
        window same as (partition by r.key, c.code order by e.position)
    ), ended as (
        update answer a set until = h.position
          from (select last.row, c.position
                  from changed c
                 cross join lateral (
                       select l.ctid as row from answer l where l.reply = c.key and l.question = c.code
                        order by l.since desc limit 1) as last
                 where c.first) as h
         where a.ctid = h.row and a.until is null
    )
    insert into answer (reply, question, since, until, not_available, choice, choices, number, day, content, lang)
    select key, code, position, until, x ? 'not_available', x ->> 'choice',
           case when x ? 'choices' then array(select jsonb_array_elements_text(x -> 'choices')) end,
           coalesce(x ->> 'whole_number', x ->> 'decimal', x ->> 'year')::numeric, (x ->> 'date')::date,
           (x #>> '{text,content}')::uuid, x #>> '{text,lang}'
      from changed
     where kind = 'reply_answered';
end $$;
