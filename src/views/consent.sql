-- Consent to publication, by submitted version and section. While a version stands, each decision replaces the one before it
-- as a whole. Once it is replaced, or its reply withdrawn, nothing is given to it any more: what ends of it ends for good.
create table consent (
    reply uuid not null,
    submission bigint not null, -- the version: where it was submitted
    section text collate "C" not null, -- a section's code; '*': every section
    since bigint not null,
    until bigint,
    primary key (reply, submission, section, since)
);

-- Whether a section of a version is consented to at a moment.
create function consented(p_reply uuid, p_submission bigint, p_section text, p_moment bigint)
returns boolean language sql stable
return exists (select from consent c
                where c.reply = p_reply and c.submission = p_submission and c.section in ('*', p_section)
                  and log.holds(c.since, c.until, p_moment));

create function project_consent(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
declare
    d record; -- a decision
    sections text[]; -- what it consents to
    standing bigint; -- the version to which; null: none stands
begin
    for d in
        select position, stream, kind, data -> 'publication' as publication
          from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
         where kind in ('publication_decided', 'reply_withdrawn')
            or (kind = 'reply_submitted'
                and ((data ->> 'version')::int > 1 or jsonb_typeof(data -> 'publication') = 'object'))
         order by position
    loop
        sections := case when jsonb_typeof(d.publication) is distinct from 'object' then '{}'
                         when d.publication ? 'all' then array['*']
                         else array(select jsonb_array_elements_text(d.publication -> 'sections')) end;
        standing := case d.kind
                         when 'reply_submitted' then d.position
                         when 'publication_decided' then
                              (select max(e.position) from log.event e
                                where e.stream = d.stream and e.kind = 'reply_submitted' and e.position < d.position) end;

        update consent c set until = d.position
         where c.reply = d.stream and c.until is null
           and (c.submission is not distinct from standing or not (c.section = any(sections) or '*' = any(sections)));

        -- To a version that was replaced, what was consented to as a whole is still consented to in these sections.
        insert into consent (reply, submission, section, since)
        select d.stream, v.submission, unnest(sections), d.position
          from (select standing as submission where standing is not null
                 union
                select c.submission from consent c
                 where c.reply = d.stream and c.section = '*' and c.until = d.position) v;
    end loop;
end $$;
