-- Projects: what is planned, its budget by currency, where it stands, and how it stands with its resources.
create table project_plan (
    project uuid not null,
    title jsonb not null,
    post_conflict boolean not null,
    starts_on date,
    ends_on date,
    requests uuid[] not null,
    needs uuid[] not null,
    replies uuid[] not null,
    since bigint not null,
    until bigint,
    primary key (project, since)
);
create index on project_plan using gin (requests);
create index on project_plan using gin (needs);

create table project_budget (
    project uuid not null,
    currency text not null,
    amount numeric not null, -- never added up over currencies
    since bigint not null,
    until bigint,
    primary key (project, currency, since)
);

create table project_status (
    project uuid not null,
    status text not null, -- proposed, funded, under_way, completed, cancelled
    day date not null,
    since bigint not null,
    until bigint,
    primary key (project, since)
);

create table project_resources (
    project uuid not null,
    resources text not null, -- sought, secured, not_available
    day date not null,
    since bigint not null,
    until bigint,
    primary key (project, since)
);

create function project_project(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into project_plan (project, title, post_conflict, starts_on, ends_on, requests, needs, replies, since)
    select stream, data -> 'title', (data ->> 'post_conflict')::boolean, (data ->> 'starts_on')::date,
           (data ->> 'ends_on')::date,
           array(select jsonb_array_elements_text(coalesce(data -> 'requests', '[]'))::uuid),
           array(select jsonb_array_elements_text(coalesce(data -> 'needs', '[]'))::uuid),
           array(select jsonb_array_elements_text(coalesce(data -> 'replies', '[]'))::uuid), position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('project_proposed', 'project_edited') order by position;

    update project_budget l set until = c.position
      from (select stream, min(position) as position
              from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
             where kind = 'project_edited' group by stream) c
     where l.project = c.stream and l.until is null;

    insert into project_budget (project, currency, amount, since, until)
    select p.stream, line ->> 'currency', (line ->> 'amount')::numeric, p.position, p.until
      from (select stream, position, coalesce(data -> 'budget', '[]') as budget,
                   lead(position) over (partition by stream order by position) as until
              from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
             where kind in ('project_proposed', 'project_edited')) p
     cross join jsonb_array_elements(p.budget) as line;

    insert into project_status (project, status, day, since)
    select stream, case kind when 'project_begun' then 'under_way' else replace(kind, 'project_', '') end,
           (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('project_proposed', 'project_funded', 'project_begun', 'project_completed', 'project_cancelled')
     order by position;

    insert into project_resources (project, resources, day, since)
    select stream, data ->> 'resources', (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'project_resources_recorded' order by position;
end $$;

create view projects as
select p.project as id, p.title ->> 'en' as title_en, p.title ->> 'fr' as title_fr, s.status, s.day as status_on,
       p.post_conflict, p.starts_on, p.ends_on,
       (select r.resources from project_resources r where r.project = p.project and r.until is null) as resources
  from project_plan p
  join project_status s on s.project = p.project and s.until is null
 where p.until is null;

create view project_budgets as
select b.project, b.currency, b.amount from project_budget b where b.until is null;
