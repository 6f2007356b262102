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

alter table access.token add column identity uuid references access.standing;
create index token_identity on access.token (identity) where identity is not null;

-- Links and sessions that opened something long ago are deleted.
do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert, update on access.standing to rapporteur_app;
        grant delete on access.link, access.session to rapporteur_app;
    end if;
end $$;
