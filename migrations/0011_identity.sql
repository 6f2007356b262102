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

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert on directory.identity to rapporteur_app;
    end if;
end $$;
