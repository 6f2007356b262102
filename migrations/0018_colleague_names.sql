-- What colleagues are called by whoever invited them: a party is told no more of a person than it said itself, whatever the directory
-- knows. It goes with the person.
create table access.colleague_name (
    collection uuid not null,
    party      uuid not null,
    person     uuid not null,
    name       text not null,
    primary key (collection, party, person)
);
alter table access.colleague_name alter name set statistics 0; -- pg_statistic would keep it
create index colleague_name_person on access.colleague_name (person);

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert, update, delete on access.colleague_name to rapporteur_app;
    end if;
end
$$;
