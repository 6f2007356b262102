-- Who may come in. Only a hash of each secret is kept; the secret itself is shown once.
create schema access;

-- What the issuers of single sign-on last said of each identity. A token that was made through single sign-on names its
-- identity, and holds only as long as that stays so and the identity is seen again and again.
create table access.standing (
    identity uuid primary key, -- made of issuer and subject, one-way
    role text check (role in ('administrator', 'officer', 'focal_point', 'contributor', 'mission', 'donor')), -- null: none
    party uuid,
    issued_at timestamptz not null, -- when the token was issued that said so
    seen_at timestamptz not null default now(), -- when one was last shown, to the hour
    check (party is null or role is not null)
);

create table access.token (
    id uuid primary key,
    hash bytea not null unique,
    principal uuid not null,
    role text not null
        constraint token_role check (role in ('administrator', 'officer', 'focal_point', 'contributor', 'mission', 'donor')),
    party uuid, -- for which the holder acts
    name text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    scopes text[] not null default '{read,write}'
        check (scopes <@ '{figures,read,write}' and cardinality(scopes) > 0),
    maker uuid, -- the principal who made it; null where the command line did
    -- the token that its maker showed: to revoke that one revokes this one too
    made_with uuid references access.token,
    last_used_at timestamptz, -- to the minute
    identity uuid references access.standing,
    -- a role of the Secretariat acts for no party, any other for one
    constraint token_party check ((role in ('administrator', 'officer')) = (party is null))
);
create index token_principal on access.token (principal);
create index token_maker on access.token (maker);
create index token_made_with on access.token (made_with);
create index token_identity on access.token (identity) where identity is not null;
alter table access.token alter name set statistics 0; -- pg_statistic would keep it

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

-- What commands outside the log answered, by the command's id, which is made of principal and Idempotency-Key. Answers
-- hold no secrets. Rows are swept after some days.
create table access.idempotency (
    command uuid primary key,
    principal uuid not null,
    request bytea not null, -- hash of the request: the same key with another one is refused
    answer text, -- null only inside the transaction that carries the command out
    created_at timestamptz not null default now()
);
create index idempotency_created_at on access.idempotency (created_at);
create index idempotency_principal on access.idempotency (principal);

-- How many bytes a party has stored on a day, what was taken away again among them: so nobody outside the Secretariat fills
-- the disk.
create table access.intake (
    party uuid not null,
    day date not null, -- UTC
    kind text not null, -- files, saved
    bytes bigint not null,
    primary key (party, day, kind)
);

-- What this installation alone knows: a secret, from which it makes the ids of what is restricted, so that nobody computes
-- them from what is public, and with which it seals what waits in the outbox. It is made once, at the first start of a program
-- that knows of it, is backed up with the log, and is never changed: streams are found by ids that are made with it.
create table access.installation (
    only_one boolean primary key default true check (only_one),
    secret bytea not null check (length(secret) = 32),
    since bigint not null -- the head when it was made: no id that was made before was made with it
);
alter table access.installation alter secret set statistics 0;

-- The streams whose ids were computed without the secret, before there was one. They keep them.
create table access.plain_stream (
    stream uuid primary key
);

-- Whether somebody still has the office by which they come in: a focal point or a contributor of the party in one of its
-- collections. Whoever comes in otherwise (a mission, a donor) has none that could end. It is asked of the views, which are
-- written with the event that ends an office, so that every way in ends with it, in every process.
-- (plpgsql, here and below, since the views are not there yet while this runs.)
create function access.stands(p_role text, p_party uuid, p_person uuid) returns boolean stable language plpgsql as $$
begin
    return case p_role
        when 'focal_point' then exists (
            select from views.focal_point where party = p_party and person = p_person and until is null)
        when 'contributor' then exists (
            select from views.contributor where party = p_party and person = p_person and until is null)
        else true end;
end $$;

-- The same in one collection, as an invitation to it needs.
create function access.stands_in(p_role text, p_collection uuid, p_party uuid, p_person uuid) returns boolean
stable language plpgsql as $$
begin
    return case p_role
        when 'focal_point' then exists (
            select from views.focal_point
             where collection = p_collection and party = p_party and person = p_person and until is null)
        when 'contributor' then exists (
            select from views.contributor
             where collection = p_collection and party = p_party and person = p_person and until is null)
        else true end;
end $$;

-- Whether an account lets its person in: it has not ended, the person was not erased, and the office by which they come in
-- stands. One rule for every way in.
create function access.lets_in(p_account access.account) returns boolean stable language plpgsql as $$
begin
    return p_account.until is null
       and exists (select from directory.person where id = p_account.person and erased_at is null)
       and access.stands(p_account.role, p_account.party, p_account.person);
end $$;

-- Whether somebody's office of a role for a party has ended since then, and they have none now. A token may be made for whoever
-- has none yet, or none any more, as where an issuer of single sign-on gives the role; one that was made before ends with it.
create function access.has_ended_since(p_role text, p_party uuid, p_person uuid, p_since timestamptz) returns boolean
stable language plpgsql as $$
begin
    return not access.stands(p_role, p_party, p_person) and case p_role
        when 'focal_point' then exists (
            select from views.focal_point f join log.event e on e.position = f.until
             where f.party = p_party and f.person = p_person and e.time >= p_since)
        else exists (
            select from views.contributor c join log.event e on e.position = c.until
             where c.party = p_party and c.person = p_person and e.time >= p_since) end;
end $$;
