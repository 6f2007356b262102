-- Answers, each from the position at which it was given to the one at which it was changed or cleared.
--
-- Answers are saved one at a time, more often than anything else happens, and almost all of what it costs to keep one is
-- finding its place in an index among those of its reply. So they are kept as they come, at the end, under their positions
-- alone: whose an answer is, its event's stream says. And an answer stores no `until`, which would be the `since` of the
-- next one to the same question of the same reply: a cleared answer is a fact too, and `answer_life` derives `until`.
create table answer (
    since bigint not null,
    question text collate "C" not null, -- the field's address
    cleared boolean not null, -- blank from here on; the other columns then say nothing
    derived boolean not null default false, -- calculated by the submission after it, and given by nobody
    not_available boolean not null,
    missing text, -- why else there is no answer: not_applicable, not_collected, confidential
    choice text collate "C",
    choices text[] collate "C", -- of a ranking in its order
    number numeric, -- a whole number, a decimal, a year, an amount; of an entry of a list where it stands
    currency text,
    day date, -- of a month the first
    content uuid, -- the words of a text, a link or an address of e-mail, beside the log
    lang text,
    flags text[], -- provisional, estimated
    primary key (since, question)
);

-- What followed from the rules when a version was submitted: in several parts where there is much of it.
create table evaluation (
    reply uuid not null,
    version int not null,
    since bigint not null, -- before the submission
    irrelevant text[] collate "C" not null, -- what was not asked: the addresses of questions, rows, fields
    primary key (reply, version, since)
);

-- What was submitted, as figures and data sets read it: a version's answers stand together, and never change. They are text, since
-- they are read as they stand and looked into by nobody here; jsonb would be written anew each time that it is read.
create table submitted_answers (
    submission bigint primary key, -- the position at which they were submitted
    answers json not null, -- what was answered, as `answer_text` has it, by its address; of what was asked only
    irrelevant jsonb not null -- what was not asked: an object whose keys are the addresses of questions, rows, fields
);

-- The addresses of what an address is a part of, itself among them: P1, P1.theft, P1.theft.y2024.
create function parts_of(address text) returns text[] language sql immutable parallel safe as $$
select array(select array_to_string(parts[1:n], '.')
               from string_to_array(address, '.') as parts, generate_series(1, cardinality(parts)) as n)
$$;

-- An answer as it stands in a version: `at` is the position at which it was given. Numbers are texts, so that no reader rounds them.
create function answer_text(a answer) returns json language sql immutable parallel safe as $$
select json_strip_nulls(json_build_object(
           'at', a.since, 'missing', case when a.not_available then 'not_available' else a.missing end, 'choice', a.choice,
           'choices', a.choices, 'number', a.number::text, 'currency', a.currency, 'day', a.day, 'content', a.content,
           'lang', a.lang, 'flags', a.flags))
$$;

create function project_answer(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    -- Events and answers are counted off: a set-returning function in a `from` would set up a store for each.
    if 'reply_answered' = any(p_kind) then
        insert into answer (since, question, cleared, not_available, missing, choice, choices, number, currency, day, content,
                            lang, flags)
        select p_position[i], x ->> 'code', false, x ? 'not_available', x ->> 'missing', x ->> 'choice',
               case when x ? 'choices' then array(select jsonb_array_elements_text(x -> 'choices'))
                    when x ? 'ranking' then array(select jsonb_array_elements_text(x -> 'ranking')) end,
               coalesce(x ->> 'whole_number', x ->> 'decimal', x ->> 'year', x -> 'money' ->> 'amount', x ->> 'entry')::numeric,
               x -> 'money' ->> 'currency', coalesce(x ->> 'date', (x ->> 'month') || '-01')::date,
               (coalesce(x -> 'text', x -> 'link', x -> 'email') ->> 'content')::uuid, x -> 'text' ->> 'lang',
               case when x ? 'flags' then array(select jsonb_array_elements_text(x -> 'flags')) end
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

    if 'reply_evaluated' = any(p_kind) then
        insert into evaluation (reply, version, since, irrelevant)
        select stream, (data ->> 'version')::int, position,
               array(select jsonb_array_elements_text(coalesce(data -> 'irrelevant', '[]')))
          from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
         where kind = 'reply_evaluated';

        insert into answer (since, question, cleared, derived, not_available, number)
        select position, x ->> 'code', false, true, false, (x ->> 'decimal')::numeric
          from unnest(p_position, p_kind, p_data) as e (position, kind, data)
         cross join lateral jsonb_array_elements(coalesce(data -> 'calculated', '[]')) as x
         where kind = 'reply_evaluated';
    end if;

    if 'reply_submitted' = any(p_kind) then
        -- From where they were last put by: a reply may have been saved twenty thousand times.
        insert into submitted_answers (submission, answers, irrelevant)
        select s.position,
               (select coalesce(json_object_agg((stands).question, answer_text(stands) order by (stands).question), '{}')
                  from (select distinct on ((given).question) given as stands
                          from (select a as given
                                  from jsonb_each_text(put_by.given) as p
                                  join answer a on a.since = p.value::bigint and a.question = p.key
                                union all
                                select a
                                  from log.event e join answer a on a.since = e.position and not a.derived
                                 where e.stream = s.stream and e.version > coalesce(put_by.version, 0)
                                   and e.position <= s.position
                                union all
                                select a
                                  from evaluation v join answer a on a.since = v.since and a.derived
                                 where v.reply = s.stream and v.version = (s.data ->> 'version')::int) as each
                         order by (given).question, (given).since desc) as last
                 where not (stands).cleared
                   and (evaluated.irrelevant = '{}' or not evaluated.irrelevant ?| parts_of((stands).question))),
               evaluated.irrelevant
          from unnest(p_position, p_stream, p_kind, p_data) as s (position, stream, kind, data)
          left join following.answer_checkpoint put_by
            on put_by.reply = s.stream and put_by.definition = 1 and put_by.position <= s.position
         cross join lateral (
               select coalesce(jsonb_object_agg(address, true), '{}') as irrelevant
                 from evaluation v cross join unnest(v.irrelevant) as address
                where v.reply = s.stream and v.version = (s.data ->> 'version')::int) as evaluated
         where s.kind = 'reply_submitted';
    end if;
end $$;

-- Answers with their lives, `until` being null while they hold.
create view answer_life as
select reply, question, since, until, not_available, missing, choice, choices, number, currency, day, content, lang, flags
  from (select e.stream as reply, a.*, lead(a.since) over (partition by e.stream, a.question order by a.since) as until
          from answer a join log.event e on e.position = a.since where not a.derived) as fact
 where not cleared;
