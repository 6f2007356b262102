-- Reports: what they are for, and since when they are published.
create table report (
    report uuid not null,
    title jsonb not null,
    purpose text not null,
    session smallint not null,
    since bigint not null,
    until bigint,
    primary key (report, since)
);

create table report_abandonment (
    report uuid primary key,
    since bigint not null
);

create table report_compilation (
    report uuid not null,
    position bigint not null, -- the state that it is compiled as of
    since bigint not null,
    until bigint,
    primary key (report, since)
);

create table report_publication (
    report uuid primary key,
    meeting uuid not null,
    document uuid,
    published_on date not null,
    since bigint not null
);

create function project_report(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into report (report, title, purpose, session, since)
    select stream, data -> 'title', coalesce(data ->> 'purpose', 'findings'), (data ->> 'session')::smallint, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('report_begun', 'report_revised') order by position;

    insert into report_abandonment (report, since)
    select stream, position
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind = 'report_abandoned';

    insert into report_compilation (report, position, since, until)
    select stream, (data ->> 'position')::bigint, e.position, case kind when 'report_revised' then e.position end
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('report_compiled', 'report_revised') order by e.position;

    insert into report_publication (report, meeting, document, published_on, since)
    select stream, (data ->> 'meeting')::uuid, (data ->> 'document')::uuid, (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'report_published';
end $$;

create view reports as
select r.report as id, r.title ->> 'en' as title_en, r.title ->> 'fr' as title_fr, r.purpose, r.session, p.published_on
  from report r
  join report_publication p on p.report = r.report
 where r.until is null;
