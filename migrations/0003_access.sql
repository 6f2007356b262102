-- Who may come in. Only a hash of each token is kept; the token itself is shown once.
create schema access;

create table access.token (
    id uuid primary key,
    hash bytea not null unique,
    principal uuid not null,
    role text not null check (role in ('officer', 'focal_point')),
    -- the party for which the holder acts; a Secretariat officer acts for none
    party uuid check ((role = 'focal_point') = (party is not null)),
    name text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz
);
