-- Parties: what was registered once, and the regional group, which changes.
create table party (
    party uuid primary key,
    code text collate "C" not null,
    kind text not null,
    names jsonb not null,
    iso2 text,
    m49 text,
    region text,
    sub_region text,
    admitted date,
    since bigint not null
);

create table party_group (
    party uuid not null,
    regional_group text, -- null: of no group
    since bigint not null,
    until bigint,
    primary key (party, since)
);

create function project_party(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into party (party, code, kind, names, iso2, m49, region, sub_region, admitted, since)
    select stream, data ->> 'code', data ->> 'kind', data -> 'names', data ->> 'iso2', data ->> 'm49',
           data ->> 'region', data ->> 'sub_region', (data ->> 'admitted')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'party_registered';

    insert into party_group (party, regional_group, since)
    select stream, data ->> 'regional_group', position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('party_registered', 'party_regrouped') order by position;
end $$;

create view parties as
select p.code, p.kind, p.names ->> 'en' as name_en, p.names ->> 'fr' as name_fr, g.regional_group, p.region,
       p.sub_region, p.m49, p.iso2, p.admitted, p.party as id
  from party p join party_group g on g.party = p.party and g.until is null;
