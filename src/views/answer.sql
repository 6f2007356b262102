-- Answers, each from the position at which it was given to the one at which it was changed or cleared.
--
-- Answers are saved one at a time, more often than anything else happens, and almost all of what it costs to keep one is
-- finding its place in an index among those of its reply. So they are kept as they come, at the end, under their positions
-- alone: whose an answer is, its event's stream says. And an answer stores no `until`, which would be the `since` of the
-- next one to the same question of the same reply: a cleared answer is a fact too, and `answer_life` derives `until`.
create table answer (
    since bigint not null,
    question text collate "C" not null,
    cleared boolean not null, -- blank from here on; the other columns then say nothing
    not_available boolean not null,
    choice text collate "C",
    choices text[] collate "C",
    number numeric, -- a whole number, a decimal or a year
    day date,
    content uuid, -- the words of a text, beside the log
    lang text,
    primary key (since, question)
);

-- What was submitted, as figures read it: a version's answers stand together, and never change.
create table submitted_answers (
    submission bigint primary key, -- the position at which they were submitted
    given jsonb not null -- the position at which each answer was given, by its question's code
);

create function project_answer(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    -- Events and answers are counted off: a set-returning function in a `from` would set up a store for each.
    if 'reply_answered' = any(p_kind) then
        insert into answer (since, question, cleared, not_available, choice, choices, number, day, content, lang)
        select p_position[i], x ->> 'code', false, x ? 'not_available', x ->> 'choice',
               case when x ? 'choices' then array(select jsonb_array_elements_text(x -> 'choices')) end,
               coalesce(x ->> 'whole_number', x ->> 'decimal', x ->> 'year')::numeric, (x ->> 'date')::date,
               (x -> 'text' ->> 'content')::uuid, x -> 'text' ->> 'lang'
          from (select i, answers -> generate_series(0, jsonb_array_length(answers) - 1) as x
                  from (select i, p_data[i] -> 'answers' as answers
                          from (select generate_series(1, cardinality(p_kind)) as i) as n
                         where p_kind[i] = 'reply_answered' offset 0) as event) as given;
    end if;

    if 'reply_cleared' = any(p_kind) then
        insert into answer (since, question, cleared, not_available)
        select e.position, code, true, false
          from unnest(p_position, p_kind, p_data) as e (position, kind, data)
         cross join lateral jsonb_array_elements_text(e.data -> 'codes') as code
         where e.kind = 'reply_cleared';
    end if;

    if 'reply_submitted' = any(p_kind) then
        -- From where they were last put by: a reply may have been saved twenty thousand times.
        insert into submitted_answers (submission, given)
        select s.position,
               (select coalesce(jsonb_object_agg(question, since) filter (where not cleared), '{}')
                  from (select distinct on (question) question, since, cleared
                          from (select key as question, value::bigint as since, false as cleared
                                  from jsonb_each_text(put_by.given)
                                union all
                                select a.question, a.since, a.cleared
                                  from log.event e join answer a on a.since = e.position
                                 where e.stream = s.stream and e.version > coalesce(put_by.version, 0)
                                   and e.position <= s.position) as each
                         order by question, since desc) as last)
          from unnest(p_position, p_stream, p_kind) as s (position, stream, kind)
          left join following.answer_checkpoint put_by on put_by.reply = s.stream and put_by.definition = 1 and put_by.position <= s.position
         where s.kind = 'reply_submitted';
    end if;
end $$;

-- Answers with their lives, `until` being null while they hold.
create view answer_life as
select reply, question, since, until, not_available, choice, choices, number, day, content, lang
  from (select e.stream as reply, a.*, lead(a.since) over (partition by e.stream, a.question order by a.since) as until
          from answer a join log.event e on e.position = a.since) as fact
 where not cleared;
