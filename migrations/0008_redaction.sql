-- Redaction: words or a file beside the log are deleted; the event that says so, and the commitments of the events that
-- named them, stay.

-- Nothing ever changes a content. It goes only when its redaction is on record, in the stream of its own id, or when it
-- is an upload that no event has named yet.
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

create function log.refuse_content_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if exists (select from log.event where stream = old.id and kind = 'content_redacted')
            or exists (select from log.upload where content = old.id) then
            return old;
        end if;
        raise exception 'a content is deleted only by its redaction: %', old.id using errcode = 'RA009';
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

-- ANALYZE keeps samples of a column, and so of words. Taking the type that the column has already drops those kept so far.
alter table log.content alter column body set statistics 0, alter column salt set statistics 0;
alter table log.content alter column body type bytea, alter column salt type bytea;

-- What is deleted leaves PostgreSQL's files with the next vacuum: soon, and not when a fifth of the table is gone.
alter table log.content set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0,
                             toast.autovacuum_vacuum_threshold = 0, toast.autovacuum_vacuum_scale_factor = 0);

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant delete on log.content to rapporteur_app;
        grant select, insert, update, delete on log.upload to rapporteur_app;
        grant execute on all functions in schema log to rapporteur_app;
    end if;
end $$;
