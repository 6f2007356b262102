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
