-- Whoever comments for a party in a consultation comes in by a link as focal points do.
alter table access.standing drop constraint standing_role_check;
alter table access.standing add constraint standing_role_check check (
    role in ('administrator', 'officer', 'focal_point', 'contributor', 'commenter', 'mission', 'donor'));
alter table access.token drop constraint token_role;
alter table access.token add constraint token_role check (
    role in ('administrator', 'officer', 'focal_point', 'contributor', 'commenter', 'mission', 'donor'));
alter table access.account drop constraint account_role_check;
alter table access.account add constraint account_role_check check (
    role in ('focal_point', 'contributor', 'commenter', 'mission', 'donor'));

-- An invitation is to a collection or to a consultation.
alter table access.link add column consultation uuid;
alter table access.link drop constraint link_check1;
alter table access.link add constraint link_invitation check (
    (purpose = 'invitation') = (inviter is not null and num_nonnulls(collection, consultation) = 1));

-- And a letter is about a party's reply, or about its comments.
alter table mail.letter add column consultation uuid;
alter table mail.letter drop constraint letter_check;
alter table mail.letter add constraint letter_about check (
    num_nonnulls(collection, consultation) = case when party is null then 0 else 1 end);
create index letter_about_comments on mail.letter (consultation, id) where consultation is not null;
alter table mail.letter drop constraint letter_kind_check;
alter table mail.letter add constraint letter_kind_check check (
    kind in ('invitation', 'contributor_invitation', 'comment_invitation', 'sign_in_link', 'reminder', 'clarification',
             'extension', 'correction', 'receipt'));

-- As it was, and for commenters.
create or replace function access.stands(p_role text, p_party uuid, p_person uuid) returns boolean stable language plpgsql as $$
begin
    return case p_role
        when 'focal_point' then exists (
            select from views.focal_point where party = p_party and person = p_person and until is null)
        when 'contributor' then exists (
            select from views.contributor where party = p_party and person = p_person and until is null)
        when 'commenter' then exists (
            select from views.commenter where party = p_party and person = p_person and until is null)
        else true end;
end $$;

-- The same in one collection or, for a commenter, in one consultation.
create or replace function access.stands_in(p_role text, p_collection uuid, p_party uuid, p_person uuid) returns boolean
stable language plpgsql as $$
begin
    return case p_role
        when 'focal_point' then exists (
            select from views.focal_point
             where collection = p_collection and party = p_party and person = p_person and until is null)
        when 'contributor' then exists (
            select from views.contributor
             where collection = p_collection and party = p_party and person = p_person and until is null)
        when 'commenter' then exists (
            select from views.commenter
             where consultation = p_collection and party = p_party and person = p_person and until is null)
        else true end;
end $$;

create or replace function access.has_ended_since(p_role text, p_party uuid, p_person uuid, p_since timestamptz) returns boolean
stable language plpgsql as $$
begin
    return not access.stands(p_role, p_party, p_person) and case p_role
        when 'focal_point' then exists (
            select from views.focal_point f join log.event e on e.position = f.until
             where f.party = p_party and f.person = p_person and e.time >= p_since)
        when 'commenter' then exists (
            select from views.commenter c join log.event e on e.position = c.until
             where c.party = p_party and c.person = p_person and e.time >= p_since)
        else exists (
            select from views.contributor c join log.event e on e.position = c.until
             where c.party = p_party and c.person = p_person and e.time >= p_since) end;
end $$;

create or replace function mail.moot(p_letter mail.letter) returns text stable language plpgsql as $$
begin
    return case
        when p_letter.kind = 'sign_in_link' then case when not exists (
            select from access.account a where a.person = p_letter.person and access.lets_in(a)) then 'office_ended' end
        when p_letter.kind = 'comment_invitation' then case when p_letter.consultation is not null and not access.stands_in(
            'commenter', p_letter.consultation, p_letter.party, p_letter.person) then 'office_ended' end
        when p_letter.collection is null or p_letter.kind = 'receipt' then null
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
