-- Categories of standards and norms, the standards in them, and the versions of the classification. Names of categories and
-- places of standards change with versions, so they have a life; a version's contents are those as of its last position.
create table classification_version (
    version int primary key, -- 2, 3, 4: version 1 is what was there from the start
    title jsonb not null,
    day date not null, -- from which it holds
    since bigint not null
);

create table category (
    code text collate "C" primary key,
    since bigint not null
);

create table category_title (
    code text collate "C" not null,
    title jsonb not null,
    since bigint not null,
    until bigint, -- where the category was renamed or retired
    primary key (code, since)
);

create table standard (
    code text collate "C" primary key,
    title jsonb not null,
    adopted_by text not null,
    years int[] not null,
    confidence text not null, -- cited, or unconfirmed: nobody has checked the resolution's number
    since bigint not null
);

create table standard_category (
    code text collate "C" not null,
    category text collate "C" not null,
    since bigint not null,
    until bigint,
    primary key (code, since)
);

create function project_classification(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into classification_version (version, title, day, since)
    select (data ->> 'version')::int, data -> 'title', (data ->> 'on')::date, position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind = 'classification_version_published';

    insert into category (code, since)
    select data ->> 'code', position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind = 'category_added';

    insert into category_title (code, title, since, until)
    select data ->> 'code', data -> 'title', position, case kind when 'category_retired' then position end
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind in ('category_added', 'category_renamed', 'category_retired') order by position;

    insert into standard (code, title, adopted_by, years, confidence, since)
    select data ->> 'code', data -> 'title', data ->> 'adopted_by',
           array(select y::int from jsonb_array_elements_text(data -> 'years') as y), data ->> 'confidence', position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind = 'standard_added';

    insert into standard_category (code, category, since)
    select data ->> 'code', data ->> 'category', position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     where kind in ('standard_added', 'standard_regrouped') order by position;
end $$;

create view standards as
select s.code, g.category, c.title ->> 'en' as category_en, c.title ->> 'fr' as category_fr,
       s.title ->> 'en' as title_en, s.title ->> 'fr' as title_fr, s.adopted_by, s.years, s.confidence
  from standard s
  join standard_category g on g.code = s.code and g.until is null
  join category_title c on c.code = g.category and c.until is null;

create view classification_versions as
select v.version, v.title ->> 'en' as title_en, v.title ->> 'fr' as title_fr, v.day as holds_from
  from classification_version v;
