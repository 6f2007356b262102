-- Tokens get scopes, a maker, and a last use.
alter table access.token
    add column scopes text[] not null default '{read,write}'
        check (scopes <@ '{figures,read,write}' and cardinality(scopes) > 0),
    add column maker uuid, -- the principal who made it; null where the command line did
    -- the token that its maker showed: to revoke that one revokes this one too
    add column made_with uuid references access.token,
    add column last_used_at timestamptz; -- to the minute
create index token_principal on access.token (principal);
create index token_maker on access.token (maker);
create index token_made_with on access.token (made_with);

-- What commands outside the log answered, by the command's id, which is made of principal and Idempotency-Key. Answers
-- hold no secrets. Rows are swept after some days.
create table access.idempotency (
    command uuid primary key,
    principal uuid not null,
    request bytea not null, -- hash of the request: the same key with another one is refused
    answer text, -- null only inside the transaction that carries the command out
    created_at timestamptz not null default now()
);
create index idempotency_created_at on access.idempotency (created_at);
create index idempotency_principal on access.idempotency (principal);

-- Who read what is restricted, and when: a row for each principal, operation, object and minute.
create schema audit;

create table audit.read (
    id bigint generated always as identity primary key,
    minute timestamptz not null,
    principal uuid not null,
    role text not null,
    party uuid, -- for which the principal acted
    operation text not null, -- as the API's document names it
    object uuid, -- the reply or collection; null for what is about no single one, as the event feed
    count bigint not null check (count > 0),
    unique nulls not distinct (minute, principal, role, party, operation, object)
);
create index read_object on audit.read (object, id);
create index read_principal on audit.read (principal, id);

-- A row only ever counts more reads. Only the owner can delete rows, when they are older than its rule for keeping them.
create function audit.only_more() returns trigger language plpgsql as $$
begin
    if new.count < old.count or (to_jsonb(new) - 'count') <> (to_jsonb(old) - 'count') then
        raise exception 'reads that were recorded cannot be unrecorded';
    end if;
    return new;
end $$;
create trigger only_more before update on audit.read for each row execute function audit.only_more();

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert, update, delete on access.idempotency to rapporteur_app;
        grant usage on schema audit to rapporteur_app;
        grant select, insert, update (count) on audit.read to rapporteur_app;
    end if;
end $$;
