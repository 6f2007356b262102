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


-- Who is behind an identity at an issuer of single sign-on. It is bound once, at first sight, and never bound anew: whoever
-- is later given the address that somebody had before does not become them. The row outlives its person's erasure, so that
-- the identity stays refused; a subject can be an address or a name, so only a hash of it is kept.
create table directory.identity (
    issuer text not null, -- as the settings name it
    subject_hash bytea not null check (length(subject_hash) = 32), -- SHA-256 of issuer, line feed, subject
    person uuid not null references directory.person,
    bound_at timestamptz not null default now(),
    primary key (issuer, subject_hash)
);


-- A person's address is corrected by a function that catches the violation itself: PostgreSQL writes an uncaught one into
-- its log, with the address.
create function directory.correct(
    p_id uuid, p_name text, p_email text, p_telephone text, p_function text, p_language text
) returns boolean language plpgsql as $$
begin
    update directory.person
       set name = p_name, email = p_email, telephone = p_telephone, function = p_function, language = p_language
     where id = p_id and erased_at is null;
    return true;
exception when unique_violation then
    return false;
end $$;

-- ANALYZE would copy values into pg_statistic, where they outlive their row.
alter table directory.person alter name set statistics 0, alter email set statistics 0, alter telephone set statistics 0,
    alter function set statistics 0;
alter index directory.person_email alter column 1 set statistics 0;
