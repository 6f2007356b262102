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
    update report r set until = e.first
      from (select stream, min(position) as first
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
             where kind = 'report_revised' group by stream) as e
     where r.report = e.stream and r.until is null;

    insert into report (report, title, purpose, session, since, until)
    select stream, data -> 'title', coalesce(data ->> 'purpose', 'findings'), (data ->> 'session')::smallint, position,
           lead(position) over (partition by stream order by position)
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('report_begun', 'report_revised');

    insert into report_abandonment (report, since)
    select stream, position
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind = 'report_abandoned';

    insert into report_compilation (report, position, since, until)
    select stream, compiled, position, ended
      from (select stream, kind, (data ->> 'position')::bigint as compiled, position,
                   lead(position) over (partition by stream order by position) as ended
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
             where kind in ('report_compiled', 'report_revised')) as e
     where kind = 'report_compiled';

    -- What was compiled before the batch's first compilation or revision of a report ends with it.
    update report_compilation c set until = e.first
      from (select stream, min(position) as first
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
             where kind in ('report_compiled', 'report_revised') group by stream) as e
     where c.report = e.stream and c.until is null and c.since < e.first;

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
