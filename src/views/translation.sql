-- Translations of what people typed, by content and language.
create table translation (
    content uuid not null, -- what is translated
    lang text collate "C" not null,
    text uuid not null, -- the content that holds the translation
    by text not null,
    since bigint not null,
    until bigint,
    primary key (content, lang, since)
);
create index on translation (text);

create function project_translation(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    update translation t set until = d.position
      from (select (data ->> 'content')::uuid as content, data ->> 'lang' as lang, min(position) as position
              from unnest(p_position, p_kind, p_data) as e (position, kind, data)
             where kind in ('text_translated', 'translation_withdrawn') group by 1, 2) d
     where t.content = d.content and t.lang = d.lang and t.until is null;

    insert into translation (content, lang, text, by, since, until)
    select d.content, d.lang, (d.data #>> '{text,content}')::uuid, d.data ->> 'by', d.position, d.until
      from (select kind, position, data, (data ->> 'content')::uuid as content, data ->> 'lang' as lang,
                   lead(position) over (partition by data ->> 'content', data ->> 'lang' order by position) as until
              from unnest(p_position, p_kind, p_data) as e (position, kind, data)
             where kind in ('text_translated', 'translation_withdrawn')) d
     where d.kind = 'text_translated';
end $$;
