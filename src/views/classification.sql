-- Categories of standards and norms, and the standards in them.
create table category (
    code text collate "C" primary key,
    title jsonb not null,
    since bigint not null
);

create table standard (
    code text collate "C" primary key,
    category text collate "C" not null,
    title jsonb not null,
    adopted_by text not null,
    years int[] not null,
    confidence text not null, -- cited, or unconfirmed: nobody has checked the resolution's number
    since bigint not null
);

create function project_classification(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into category (code, title, since)
    select data ->> 'code', data -> 'title', position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind = 'category_added';

    insert into standard (code, category, title, adopted_by, years, confidence, since)
    select data ->> 'code', data ->> 'category', data -> 'title', data ->> 'adopted_by',
           array(select y::int from jsonb_array_elements_text(data -> 'years') as y), data ->> 'confidence', position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind = 'standard_added';
end $$;

create view standards as
select s.code, s.category, c.title ->> 'en' as category_en, c.title ->> 'fr' as category_fr,
       s.title ->> 'en' as title_en, s.title ->> 'fr' as title_fr, s.adopted_by, s.years, s.confidence
  from standard s join category c on c.code = s.category;
