-- The outbox: letters to persons, by id. Name and address are read from the directory when a letter is sent, so that
-- nothing of a person is left here once the directory has forgotten them.
create schema mail;

create table mail.letter (
    id uuid primary key, -- UUIDv7: in the order in which they were written
    person uuid not null references directory.person (id),
    kind text not null check (kind in ('invitation', 'contributor_invitation', 'sign_in_link', 'reminder')),
    -- What its text is filled with, an object. A member `path` holds a secret, and is removed once the letter is sent.
    args jsonb not null default '{}' check (jsonb_typeof(args) = 'object'),
    state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
    why text, -- of the last attempt that failed: a code, never the server's words, which may repeat an address
    answer text, -- the codes of the server's answer to it, such as "550 5.1.1"
    attempts int not null default 0,
    -- Whoever sends it moves this on first, past the time that sending may take.
    next_attempt timestamptz not null default now(),
    created_at timestamptz not null default now(),
    expires_at timestamptz, -- after that it is not sent any more: what it would say is true no longer
    sent_at timestamptz,
    language text, -- in which it was sent: a BCP 47 tag
    message_id text, -- under which it was sent
    check ((state = 'sent') = (sent_at is not null)),
    check (state <> 'sent' or not args ? 'path')
);
create index letter_due on mail.letter (next_attempt) where state = 'queued';
create index letter_in_state on mail.letter (state, id);
create index letter_expires on mail.letter (expires_at) where state <> 'sent';
create index letter_to on mail.letter (person);

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
alter table mail.letter alter args set statistics 0;
alter table access.token alter name set statistics 0;

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant usage on schema mail to rapporteur_app;
        grant select, insert, update on mail.letter to rapporteur_app;
        grant execute on function directory.correct to rapporteur_app;
    end if;
end $$;
