-- Invitations that were asked for by list: each line names a person of the directory, never a name or an address, and says how
-- far it is. A line's id is the command by which it is carried out, so that it is done once.
create table access.invitation_list (
    id uuid primary key,
    collection uuid, -- to which they are invited
    consultation uuid,
    principal uuid not null, -- who sent it, and in which role
    role text not null,
    created_at timestamptz not null default now(),
    check (num_nonnulls(collection, consultation) = 1)
);

create table access.invitation_line (
    id uuid primary key,
    list uuid not null references access.invitation_list (id),
    line int not null, -- of the table, whose first names the columns
    party uuid not null,
    person uuid not null references directory.person (id),
    role text not null check (role in ('focal_point', 'contributor', 'commenter')),
    sections text[] not null default '{}',
    state text not null default 'queued' check (state in ('queued', 'invited', 'already_invited', 'failed')),
    why text, -- the code of the problem, where it failed
    -- Whoever carries it out moves this on first, past the time that it may take.
    next_attempt timestamptz not null default now(),
    unique (list, line)
);
create index invitation_line_due on access.invitation_line (next_attempt) where state = 'queued';

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert on access.invitation_list to rapporteur_app;
        grant select, insert, update on access.invitation_line to rapporteur_app;
    end if;
end $$;
