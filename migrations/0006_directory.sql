-- Persons: who stands behind the ids that events name. Nothing here is derived from the log, and all of it can be forgotten.
create schema directory;

create table directory.person (
    id uuid primary key,
    name text,
    email text,
    telephone text,
    function text, -- what they are, where they work: "Head of unit, Ministry of Justice"
    language text not null default 'en', -- in which they are written to: a BCP 47 tag
    created_at timestamptz not null default now(),
    erased_at timestamptz, -- then nothing is left of them but the id
    check (erased_at is null or (name is null and email is null and telephone is null and function is null)),
    check (erased_at is not null or (name is not null and email is not null))
);
-- One person per address, however its letters are cased.
create unique index person_email on directory.person (lower(email));

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant usage on schema directory to rapporteur_app;
        grant select, insert, update on directory.person to rapporteur_app;
    end if;
end $$;
