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
);

create function project_answer(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into answer_reply (reply, key)
    select stream, position
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind = 'reply_started';

    -- What a change or a clearing ends: each answer that held before this batch, at the first change in it.
    update answer a set until = c.position
      from (select r.key, code, min(e.position) as position
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
              join answer_reply r on r.reply = e.stream
             cross join lateral (
                   select x ->> 'code' as code from jsonb_array_elements(e.data -> 'answers') as x
                    where e.kind = 'reply_answered'
                    union all
                   select y from jsonb_array_elements_text(e.data -> 'codes') as y
                    where e.kind = 'reply_cleared') as changed (code)
             where e.kind in ('reply_answered', 'reply_cleared')
             group by 1, 2) c
     where a.reply = c.key and a.question = c.code and a.until is null;

    insert into answer (reply, question, since, until, not_available, choice, choices, number, day, content, lang)
    select key, code, position, until, x ? 'not_available', x ->> 'choice',
           case when x ? 'choices' then array(select jsonb_array_elements_text(x -> 'choices')) end,
           coalesce(x ->> 'whole_number', x ->> 'decimal', x ->> 'year')::numeric, (x ->> 'date')::date,
           (x #>> '{text,content}')::uuid, x #>> '{text,lang}'
      from (select r.key, code, e.position, x,
                   lead(e.position) over (partition by r.key, code order by e.position) as until
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
              join answer_reply r on r.reply = e.stream
             cross join lateral (
                   select a ->> 'code', a from jsonb_array_elements(e.data -> 'answers') as a
                    where e.kind = 'reply_answered'
                    union all
                   select y, null from jsonb_array_elements_text(e.data -> 'codes') as y
                    where e.kind = 'reply_cleared') as changed (code, x)
             where e.kind in ('reply_answered', 'reply_cleared')) as fact
     where x is not null;
end $$;
