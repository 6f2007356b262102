-- Consent to publication, by reply and section. Each decision replaces the one before it as a whole; a withdrawal ends it.
create table consent (
    reply uuid not null,
    section text collate "C" not null, -- a section's code; '*': every section
    since bigint not null,
    until bigint,
    primary key (reply, section, since)
);

-- Whether a section of a reply's version is consented to as of a position at which the version stands, and is still so at a
-- later one by which that is judged: to the version as long as it stood, and to the version that stands then.
create function consented(p_reply uuid, p_section text, p_position bigint, p_replaced bigint, p_judged bigint)
returns boolean language sql stable
return (
    select bool_and(exists (
               select from consent c
                where c.reply = p_reply and c.section in ('*', p_section)
                  and c.since <= moment and (c.until is null or c.until > moment)))
      from unnest(array[p_position, least(p_judged, p_replaced - 1), p_judged]) as moment
);

create function project_consent(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    update consent c set until = d.position
      from (select stream, min(position) as position
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
             where kind in ('reply_submitted', 'publication_decided', 'reply_withdrawn') group by stream) d
     where c.reply = d.stream and c.until is null;

    insert into consent (reply, section, since, until)
    select d.stream, s.section, d.position, d.until
      from (select stream, position, data -> 'publication' as publication,
                   lead(position) over (partition by stream order by position) as until
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
             where kind in ('reply_submitted', 'publication_decided', 'reply_withdrawn')) d
     cross join lateral (
           select '*' as section where d.publication ? 'all'
            union all
           select jsonb_array_elements_text(d.publication -> 'sections')) s
     where jsonb_typeof(d.publication) = 'object';
end $$;
