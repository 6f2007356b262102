-- How many bytes a party has stored on a day, what was taken away again among them: so nobody outside the Secretariat fills
-- the disk.
create table access.intake (
    party uuid not null,
    day date not null, -- UTC
    kind text not null, -- files, saved
    bytes bigint not null,
    primary key (party, day, kind)
);

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert, update, delete on access.intake to rapporteur_app;
    end if;
end $$;
