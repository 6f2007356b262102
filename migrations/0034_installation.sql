-- What this installation alone knows: a secret, from which it makes the ids of what is restricted, so that nobody computes
-- them from what is public, and with which it seals what waits in the outbox. It is made once, at the first start of a program
-- that knows of it, is backed up with the log, and is never changed: streams are found by ids that are made with it.
create table access.installation (
    only_one boolean primary key default true check (only_one),
    secret bytea not null check (length(secret) = 32),
    since bigint not null -- the head when it was made: no id that was made before was made with it
);
alter table access.installation alter secret set statistics 0;

-- The streams whose ids were computed without the secret, before there was one. They keep them.
create table access.plain_stream (
    stream uuid primary key
);

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select on access.installation, access.plain_stream to rapporteur_app;
    end if;
end $$;
