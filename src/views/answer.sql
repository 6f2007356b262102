-- Answers, each from the position at which it was given to the one at which it was changed or cleared.
-- Rows are many, so keys are narrow: a reply's is the position at which it was started, a question's is its code.
create table answer_reply (
    reply uuid primary key,
    key bigint not null
);

-- Unlike other facts, an answer's stores no `until`: it would be the `since` of the next fact of the same reply and
-- question, and writing it cost more than the fact itself (5.5 of 10 microseconds an answer, measured in batches of 256),
-- with answers the most frequent of all. So a cleared answer is a fact too, and `answer_life` derives `until`.
create table answer (
    reply bigint not null,
    question text collate "C" not null,
    since bigint not null,
    cleared boolean not null, -- blank from here on; the other columns then say nothing
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
    if 'reply_started' = any(p_kind) then
        insert into answer_reply (reply, key)
        select stream, position
          from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
         where kind = 'reply_started';
    end if;

    -- Answers are counted off: a set-returning function in a lateral join would set up a store for each event, which cost
    -- as much as all the rest.
    if 'reply_answered' = any(p_kind) then
        insert into answer (reply, question, since, cleared, not_available, choice, choices, number, day, content, lang)
        select r.key, x ->> 'code', e.position, false, x ? 'not_available', x ->> 'choice',
               case when x ? 'choices' then array(select jsonb_array_elements_text(x -> 'choices')) end,
               coalesce(x ->> 'whole_number', x ->> 'decimal', x ->> 'year')::numeric, (x ->> 'date')::date,
               (x -> 'text' ->> 'content')::uuid, x -> 'text' ->> 'lang'
          from (select position, stream, answers -> generate_series(0, jsonb_array_length(answers) - 1) as x
                  from (select position, stream, data -> 'answers' as answers
                          from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
                         where kind = 'reply_answered' offset 0) as event) as e
          join answer_reply r on r.reply = e.stream;
    end if;

    if 'reply_cleared' = any(p_kind) then
        insert into answer (reply, question, since, cleared, not_available)
        select r.key, code, e.position, true, false
          from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
          join answer_reply r on r.reply = e.stream
         cross join lateral jsonb_array_elements_text(e.data -> 'codes') as code
         where e.kind = 'reply_cleared';
    end if;
end $$;

-- Answers with their lives, `until` being null while they hold.
create view answer_life as
select reply, question, since, until, not_available, choice, choices, number, day, content, lang
  from (select a.*, lead(since) over (partition by reply, question order by since) as until from answer a) as fact
 where not cleared;
