-- Single sign-on in the browser: a session is an account's, or an identity's at an issuer, with the role that the issuer gave
-- when it began. So whoever has no account, as the Secretariat has none, comes in by a page too.
alter table access.session
    alter account drop not null,
    add identity uuid references access.standing,
    add person uuid, -- the principal, whom the directory need not know
    add role text check (role in ('administrator', 'officer', 'focal_point', 'contributor', 'mission', 'donor')),
    add party uuid,
    add constraint session_whose check (
        (account is null) = (identity is not null) and (account is null) = (person is not null)
        and (account is null) = (role is not null)),
    -- a role of the Secretariat acts for no party, any other for one
    add constraint session_party check (coalesce((role in ('administrator', 'officer')) = (party is null), party is null));
create index session_identity on access.session (identity) where identity is not null;
create index session_person on access.session (person) where person is not null;

-- Whether an identity's session lets its person in, as far as the issuer's word does not decide it: they were not erased, and
-- the office has not ended since it began.
create function access.lets_in(p_session access.session) returns boolean stable language plpgsql as $$
begin
    return not exists (select from directory.person where id = p_session.person and erased_at is not null)
       and not access.has_ended_since(p_session.role, p_session.party, p_session.person, p_session.created_at);
end $$;

-- Those who are on their way to an issuer and back: each row is used once. The browser holds the secret of which this is the
-- hash; what is sent to the issuer is computed from that.
create table access.sign_on (
    hash bytea primary key,
    issuer text not null, -- its name in the settings
    return_to text not null, -- where to go on here
    lang text not null, -- in which to say what went wrong
    expires_at timestamptz not null
);
create index sign_on_expires_at on access.sign_on (expires_at);

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert, delete on access.sign_on to rapporteur_app;
    end if;
end $$;
