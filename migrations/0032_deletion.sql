-- Deletion: a file that no submitted version held, and to which nothing leads any more, goes with the event that says so.
-- The event that attached it, and its commitments, stay.

create table log.deletion (
    content uuid primary key,
    position bigint not null -- of the event that says so
);

create function log.refuse_unsaid_deletion() returns trigger language plpgsql as $$
begin
    if not exists (select from log.event e
                    where e.position = new.position and e.kind = 'reply_files_deleted'
                      and e.envelope::jsonb #> '{data,contents}' ? new.content::text) then
        raise exception 'no event says that the content is deleted: %', new.content using errcode = 'RA009';
    end if;
    return new;
end $$;

create trigger said_by_an_event before insert on log.deletion
    for each row execute function log.refuse_unsaid_deletion();
create trigger append_only before update or delete on log.deletion
    for each row execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.deletion
    for each statement execute function log.refuse_change();

create or replace function log.refuse_content_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if exists (select from log.event where stream = old.id and kind = 'content_redacted')
            or exists (select from log.upload where content = old.id)
            or exists (select from log.deletion where content = old.id) then
            return old;
        end if;
        raise exception 'a content is deleted only where an event says so: %', old.id using errcode = 'RA009';
    end if;
    raise exception 'contents are never changed: %', old.id using errcode = 'RA009';
end $$;

-- In the transaction of the event, whoever appends it.
create function log.delete_files() returns trigger language plpgsql as $$
declare
    gone constant uuid[] := array(
        select c::uuid from jsonb_array_elements_text(new.envelope::jsonb #> '{data,contents}') as c);
begin
    insert into log.deletion (content, position) select c, new.position from unnest(gone) as c on conflict do nothing;
    delete from log.content where id = any(gone);
    return null;
end $$;

create trigger delete_files after insert on log.event
    for each row when (new.kind = 'reply_files_deleted') execute function log.delete_files();

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert on log.deletion to rapporteur_app;
        grant execute on all functions in schema log to rapporteur_app;
    end if;
end $$;
