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
    insert into translation (content, lang, text, by, since, until)
    select (data ->> 'content')::uuid, data ->> 'lang', (data #>> '{text,content}')::uuid, data ->> 'by', position,
           case kind when 'translation_withdrawn' then position end
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind in ('text_translated', 'translation_withdrawn') order by position;
end $$;
