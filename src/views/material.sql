-- Materials: manuals and model laws, what is known of each, where it stands, and how it stands with its resources.
create table material (
    material uuid primary key,
    kind text not null, -- manual, model_law
    since bigint not null
);

create table material_subject (
    material uuid not null,
    title jsonb not null,
    standards text[] not null,
    needs uuid[] not null,
    since bigint not null,
    until bigint,
    primary key (material, since)
);

create table material_status (
    material uuid not null,
    status text not null, -- under_review, revised, issued
    day date not null,
    since bigint not null,
    until bigint,
    primary key (material, since)
);

create table material_resources (
    material uuid not null,
    resources text not null, -- sought, secured, not_available
    day date not null,
    since bigint not null,
    until bigint,
    primary key (material, since)
);

create function project_material(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into material (material, kind, since)
    select stream, data ->> 'kind', position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'material_taken_up';

    insert into material_subject (material, title, standards, needs, since)
    select stream, data -> 'title', array(select jsonb_array_elements_text(coalesce(data -> 'standards', '[]'))),
           array(select jsonb_array_elements_text(coalesce(data -> 'needs', '[]'))::uuid), position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('material_taken_up', 'material_edited') order by position;

    insert into material_status (material, status, day, since)
    select stream, case kind when 'material_revised' then 'revised' when 'material_issued' then 'issued'
                             else 'under_review' end,
           (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('material_taken_up', 'material_revised', 'material_issued', 'material_review_begun') order by position;

    insert into material_resources (material, resources, day, since)
    select stream, data ->> 'resources', (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'material_resources_recorded' order by position;
end $$;

create view materials as
select m.material as id, m.kind, k.title ->> 'en' as title_en, k.title ->> 'fr' as title_fr, k.standards, s.status,
       s.day as status_on,
       (select r.resources from material_resources r where r.material = m.material and r.until is null) as resources
  from material m
  join material_subject k on k.material = m.material and k.until is null
  join material_status s on s.material = m.material and s.until is null;
