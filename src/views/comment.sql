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

    insert into comment_said (comment, subject, code, lang, text, wording, since, until)
    select stream, subject, case subject when 'instrument' then null else code end, data ->> 'lang', data -> 'text',
           data -> 'wording', position, case kind when 'comment_withdrawn' then position end
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
      left join jsonb_each_text(data -> 'on') as about (subject, code) on true
     where kind in ('comment_made', 'comment_corrected', 'comment_withdrawn') order by position;

    insert into disposition (comment, disposition, reason, lang, revision, since)
    select stream, data ->> 'disposition', data -> 'reason', data ->> 'lang', (data ->> 'revision')::int, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'comment_disposed' order by position;
end $$;
