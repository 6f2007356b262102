-- Persons come in by links that open once, and stay in by sessions. Of a secret only its SHA-256 is kept.

-- In what capacity a person may come in by a link: each session is one account's. The Secretariat has none, it comes in by
-- single sign-on or token; so whoever gets hold of a letter never acts for it.
create table access.account (
    id uuid primary key,
    person uuid not null references directory.person (id),
    role text not null check (role in ('focal_point', 'contributor', 'mission', 'donor')),
    party uuid not null,
    since timestamptz not null default now(),
    until timestamptz, -- from then on nobody comes in by it, and its sessions end
    unique (person, role, party)
);

create table access.link (
    id uuid primary key,
    hash bytea not null unique,
    purpose text not null check (purpose in ('invitation', 'sign_in')),
    person uuid not null references directory.person (id),
    account uuid references access.account (id), -- which it opens; none: whichever of theirs the person chooses
    inviter text, -- the role of whoever invited them
    collection uuid, -- to which it invites
    sections text[] not null default '{}', -- to which it invites a contributor
    command uuid unique, -- the request that made it, so that the same one sent again makes no other
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    ended_at timestamptz, -- revoked, or another one took its place
    check ((purpose = 'invitation') = (account is not null)),
    check ((purpose = 'invitation') = (inviter is not null and collection is not null))
);
create index link_to on access.link (person, purpose, created_at);

create table access.session (
    id uuid primary key,
    hash bytea not null unique,
    account uuid not null references access.account (id),
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(), -- to the hour
    expires_at timestamptz not null,
    ended_at timestamptz -- signed out
);
create index session_of on access.session (account);

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert, update on access.account, access.link, access.session to rapporteur_app;
    end if;
end $$;
