-- Instruments, their revisions with each question, and what became of revisions before meetings.
create table instrument (
    instrument uuid primary key,
    title jsonb not null,
    category text not null,
    route text not null,
    languages text[] not null,
    classification_version int not null, -- that it is made under, and keeps
    since bigint not null
);
create index on instrument (since);

create table revision (
    instrument uuid not null,
    revision int not null,
    questionnaire uuid not null, -- the content that holds it
    since bigint not null,
    primary key (instrument, revision)
);

create table taken_up (
    comment uuid not null,
    instrument uuid not null,
    revision int not null, -- the one that names it
    since bigint not null,
    primary key (comment, revision)
);

create table question (
    instrument uuid not null,
    revision int not null,
    code text collate "C" not null,
    number smallint not null, -- its place in the revision: 1, 2, 3
    section text not null,
    heading text, -- a note serves none
    type text not null,
    required boolean not null,
    options text[] not null,
    standards text[] not null,
    primary key (instrument, revision, code)
);

create table approval (
    instrument uuid not null,
    revision int not null,
    route text not null,
    meeting text not null,
    meeting_id uuid, -- null: it is known by its name alone
    decision text not null,
    date date not null,
    since bigint not null,
    primary key (instrument, revision)
);

create table presentation (
    instrument uuid not null,
    revision int not null,
    meeting uuid not null,
    progress_report uuid, -- the document
    date date not null,
    since bigint not null,
    until bigint, -- the meeting was cancelled, and it was put before another
    primary key (instrument, revision, since)
);

create table revision_return (
    instrument uuid not null,
    revision int not null,
    date date not null,
    since bigint not null,
    primary key (instrument, revision)
);

create table instrument_withdrawal (
    instrument uuid primary key,
    since bigint not null
);

create function project_instrument(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into instrument (instrument, title, category, route, languages, classification_version, since)
    select stream, data -> 'title', data ->> 'category', data ->> 'route',
           array(select jsonb_array_elements_text(data -> 'languages')),
           coalesce((data ->> 'classification_version')::int, 1), position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'instrument_drafted';

    insert into revision (instrument, revision, questionnaire, since)
    select stream, (data ->> 'revision')::int, (data #>> '{questionnaire,content}')::uuid, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'instrument_revised';

    insert into taken_up (comment, instrument, revision, since)
    select comment::uuid, stream, (data ->> 'revision')::int, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join jsonb_array_elements_text(coalesce(data -> 'takes_up', '[]')) as comment
     where kind = 'instrument_revised';

    insert into question (instrument, revision, code, number, section, heading, type, required, options, standards)
    select stream, (data ->> 'revision')::int, q ->> 'code', coalesce((data ->> 'after')::int, 0) + number, q ->> 'section', q ->> 'heading', q ->> 'type',
           coalesce((q ->> 'required')::boolean, false),
           array(select jsonb_array_elements_text(coalesce(q -> 'options', '[]'))),
           array(select jsonb_array_elements_text(coalesce(q -> 'standards', '[]')))
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join jsonb_array_elements(data -> 'questions') with ordinality as questions (q, number)
     where kind in ('instrument_revised', 'revision_questions_listed');

    insert into approval (instrument, revision, route, meeting, meeting_id, decision, date, since)
    select stream, (data ->> 'revision')::int, data ->> 'route', data ->> 'meeting', (data ->> 'meeting_id')::uuid,
           data ->> 'decision', (data ->> 'date')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'instrument_approved';

    -- A correction stands by the approval of what it corrects.
    insert into approval (instrument, revision, route, meeting, meeting_id, decision, date, since)
    select stream, (data ->> 'revision')::int, a ->> 'route', a ->> 'meeting', (a ->> 'meeting_id')::uuid, a ->> 'decision',
           (a ->> 'date')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join lateral (select data -> 'approval') as of (a)
     where kind = 'revision_corrected';

    insert into presentation (instrument, revision, meeting, progress_report, date, since)
    select stream, (data ->> 'revision')::int, (data ->> 'meeting')::uuid, (data ->> 'progress_report')::uuid,
           (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'instrument_presented' order by position;

    insert into revision_return (instrument, revision, date, since)
    select stream, (data ->> 'revision')::int, (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'instrument_returned';

    insert into instrument_withdrawal (instrument, since)
    select stream, position
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind = 'instrument_withdrawn';
end $$;

create view instruments as
select i.instrument as id, i.title ->> 'en' as title_en, i.title ->> 'fr' as title_fr, i.category,
       i.classification_version, i.route,
       (select max(r.revision) from revision r where r.instrument = i.instrument) as latest_revision,
       (select max(a.revision) from approval a where a.instrument = i.instrument) as approved_revision
  from instrument i;

create view questions as
select q.instrument, q.revision, q.number, q.section, q.code, q.heading, q.type, q.required, q.options, q.standards
  from question q;
