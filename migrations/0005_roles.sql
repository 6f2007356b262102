-- Every role that somebody can have. A role of the Secretariat acts for no party, any other for one.
alter table access.token drop constraint token_role_check, drop constraint token_check;
alter table access.token
    add constraint token_role check (role in ('administrator', 'officer', 'focal_point', 'contributor', 'mission', 'donor')),
    add constraint token_party check ((role in ('administrator', 'officer')) = (party is null));
