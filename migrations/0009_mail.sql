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
create index letter_to on mail.letter (person);

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant usage on schema mail to rapporteur_app;
        grant select, insert, update on mail.letter to rapporteur_app;
    end if;
end $$;
