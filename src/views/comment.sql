-- Comments: whose, in which consultation; what they say, until they are corrected or withdrawn; what became of them, until
-- that is decided anew.
create table comment (
    comment uuid primary key,
    consultation uuid not null,
    party uuid not null,
    entered_on_behalf jsonb, -- null: its party made it itself
    at timestamptz not null, -- when it was recorded
    since bigint not null,
    until bigint -- the position of its withdrawal
);
create index on comment (consultation, since);
create index on comment (consultation, party);

create table comment_said (
    comment uuid not null,
    subject text not null, -- instrument, section, question
    code text, -- of the section or question
    lang text not null,
    text jsonb not null, -- the content that holds it
    wording jsonb, -- the same of the proposed wording
    since bigint not null,
    until bigint,
    primary key (comment, since)
);

create table disposition (
    comment uuid not null,
    disposition text not null,
    reason jsonb not null, -- the content that holds it
    lang text not null,
    revision int,
    since bigint not null,
    until bigint,
    primary key (comment, since)
);

create function project_comment(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into comment (comment, consultation, party, entered_on_behalf, at, since)
    select stream, (data ->> 'consultation')::uuid, (data ->> 'party')::uuid, data -> 'entered_on_behalf', time, position
      from unnest(p_position, p_time, p_stream, p_kind, p_data) as e (position, time, stream, kind, data)
     where kind = 'comment_made';

    update comment c set until = w.position
      from unnest(p_position, p_stream, p_kind) as w (position, stream, kind)
     where w.kind = 'comment_withdrawn' and c.comment = w.stream;

    update comment_said s set until = c.position
      from (select stream, min(position) as position
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
             where kind in ('comment_corrected', 'comment_withdrawn') group by stream) c
     where s.comment = c.stream and s.until is null;

    insert into comment_said (comment, subject, code, lang, text, wording, since, until)
    select stream, subject, case subject when 'instrument' then null else code end, data ->> 'lang', data -> 'text', data -> 'wording', position, until
      from (select stream, kind, data, position, lead(position) over (partition by stream order by position) as until
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
             where kind in ('comment_made', 'comment_corrected', 'comment_withdrawn')) said
     cross join jsonb_each_text(said.data -> 'on') as about (subject, code)
     where kind <> 'comment_withdrawn';

    update disposition d set until = c.position
      from (select stream, min(position) as position
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
             where kind = 'comment_disposed' group by stream) c
     where d.comment = c.stream and d.until is null;

    insert into disposition (comment, disposition, reason, lang, revision, since, until)
    select stream, data ->> 'disposition', data -> 'reason', data ->> 'lang', (data ->> 'revision')::int, position,
           lead(position) over (partition by stream order by position)
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'comment_disposed';
end $$;
