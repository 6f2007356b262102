-- What follows from events, each once: letters, and whatever else is derived behind the log. Of each derivation one row says up
-- to which position all of it is done; it moves in the transaction that does it. Whoever locks the row is at it.
create schema following;

create table following.follower (
    name text primary key,
    position bigint not null check (position >= 0)
);

-- Of the events that there are already, letters were put in by the requests that recorded them.
insert into following.follower (name, position) select 'letters', position from log.head;

-- From which event a letter follows; none where it was asked for outside the log. The index is a second guard, should the
-- follower's position ever be set back: one person may speak for several parties, each of which has a letter of its own.
alter table mail.letter add column event bigint;
create unique index letter_once on mail.letter (event, person, kind, party) nulls not distinct where event is not null;

-- The commands that name or admit somebody and have them invited by letter: the event is the same without one. A row is
-- written before the append, and goes with the letter.
create table access.invitation_wish (
    command uuid primary key,
    created_at timestamptz not null default now()
);

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant usage on schema following to rapporteur_app;
        grant select, update on following.follower to rapporteur_app;
        grant select, insert, delete on access.invitation_wish to rapporteur_app;
    end if;
end $$;
