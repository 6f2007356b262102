-- What goes of contents: words or a file that were redacted, an upload that nothing names, a file that no submitted version held. The
-- events that named them, and the event that says so, stay.

-- Nothing ever changes a content. It goes only when its redaction is on record, in the stream of its own id, when it is an
-- upload that no event has named yet, or when an event says that it is deleted.
create table log.upload (
    content uuid primary key,
    stored_at timestamptz not null default now()
);

create function log.refuse_late_upload() returns trigger language plpgsql as $$
begin
    if exists (select from log.content where id = new.content) then
        raise exception 'a content that is stored already is no upload: %', new.content using errcode = 'RA009';
    end if;
    return new;
end $$;

create trigger before_its_content before insert or update on log.upload
    for each row execute function log.refuse_late_upload();

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

create function log.refuse_content_change() returns trigger language plpgsql as $$
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

create trigger redacted_only before update or delete on log.content
    for each row execute function log.refuse_content_change();

-- In the transaction of the event, whoever appends it. The condition is looked at without a call: other events pay
-- next to nothing.
create function log.redact() returns trigger language plpgsql as $$
begin
    delete from log.content where id = new.stream;
    return null;
end $$;

create trigger redact after insert on log.event
    for each row when (new.kind = 'content_redacted') execute function log.redact();

-- A file is stored before the event that names it, so that no other append waits for its bytes. From the event on it is
-- no upload any more. One that was cleared away meanwhile can no longer be named.
create function log.keep_upload() returns trigger language plpgsql as $$
begin
    delete from log.upload where content = (new.envelope::json #>> '{data,content}')::uuid;
    if not found then
        raise exception 'the upload is not there any more' using errcode = 'RA010';
    end if;
    return null;
end $$;

create trigger keep_upload after insert on log.event
    for each row when (new.kind = 'reply_file_attached') execute function log.keep_upload();

-- Clears away an upload, and those that nobody has named for an hour. One that is being named right now is left alone.
create function log.discard_uploads(p_content uuid) returns void language plpgsql as $$
declare
    unnamed uuid;
begin
    for unnamed in
        select content from log.upload
         where content = p_content or stored_at < now() - interval '1 hour'
           for update skip locked
    loop
        delete from log.content where id = unnamed;
        delete from log.upload where content = unnamed;
    end loop;
end $$;

-- As for a redaction.
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

-- ANALYZE would keep samples of a column, and so of words.
alter table log.content alter column body set statistics 0, alter column salt set statistics 0;

-- What is deleted leaves PostgreSQL's files with the next vacuum: soon, and not when a fifth of the table is gone.
alter table log.content set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0,
                             toast.autovacuum_vacuum_threshold = 0, toast.autovacuum_vacuum_scale_factor = 0);
