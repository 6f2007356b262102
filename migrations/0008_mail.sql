-- The outbox: letters to persons, by id. Name and address are read from the directory when a letter is sent, so that
-- nothing of a person is left here once the directory has forgotten them.
create schema mail;

create table mail.letter (
    id uuid primary key, -- UUIDv7: in the order in which they were written
    person uuid not null references directory.person (id),
    kind text not null check (kind in ('invitation', 'contributor_invitation', 'sign_in_link', 'reminder',
                                     'clarification', 'extension')),
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
    collection uuid, -- that it is about
    party uuid, -- whose reply it is about
    check ((collection is null) = (party is null)),
    check ((state = 'sent') = (sent_at is not null)),
    check (state <> 'sent' or not args ? 'path')
);
create index letter_due on mail.letter (next_attempt) where state = 'queued';
create index letter_in_state on mail.letter (state, id);
create index letter_expires on mail.letter (expires_at) where state <> 'sent';
create index letter_to on mail.letter (person);
create index letter_about on mail.letter (collection, id) where collection is not null;
alter table mail.letter alter args set statistics 0; -- pg_statistic would keep them

-- Why a letter has nothing more to say, if that is so: a code, as `why` has it. A party that has replied needs no reminder and
-- no more time, one of which nothing is asked any more no letter about that; of two letters that say until when a party may
-- reply, the later one holds; and what is about an office is for whoever has it: reminders and the like for whoever speaks for
-- the party, who is whoever began the reply until somebody is named.
create function mail.moot(p_letter mail.letter) returns text stable language plpgsql as $$
begin
    return case
        when p_letter.kind = 'sign_in_link' then case when not exists (
            select from access.account a where a.person = p_letter.person and access.lets_in(a)) then 'office_ended' end
        when p_letter.collection is null then null
        when p_letter.kind in ('invitation', 'contributor_invitation') then case when not access.stands_in(
            case p_letter.kind when 'invitation' then 'focal_point' else 'contributor' end,
            p_letter.collection, p_letter.party, p_letter.person) then 'office_ended' end
        when p_letter.kind = 'clarification' and not exists (
            select from views.reply r join views.clarification q on q.reply = r.reply and q.until is null
             where r.collection = p_letter.collection and r.party = p_letter.party) then 'answered'
        when p_letter.kind in ('reminder', 'extension') and exists (
            select from views.submission
             where collection = p_letter.collection and party = p_letter.party and until is null) then 'replied'
        when p_letter.kind in ('reminder', 'extension') and exists (
            select from mail.letter later
             where later.collection = p_letter.collection and later.party = p_letter.party
               and later.person = p_letter.person and later.id > p_letter.id
               and later.kind in ('reminder', 'extension')) then 'superseded'
        when exists (
            select from views.focal_point
             where collection = p_letter.collection and party = p_letter.party and until is null
               and person is distinct from p_letter.person) then 'office_ended'
        when p_letter.kind <> 'clarification' and exists (
            select from views.collection_status
             where collection = p_letter.collection and status = 'closed' and until is null) then 'office_ended' end;
end $$;
