-- Whether an account lets its person in: it has not ended, the person was not erased, and the office by which they come in
-- stands. One rule for every way in.
-- (plpgsql, here and below, since the views are not there yet while this runs.)
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

-- Why a letter has nothing more to say, if that is so: a code, as `why` has it. A party that has replied needs no reminder and
-- no more time, one of which nothing is asked any more no letter about that; of two letters that say until when a party may
-- reply, the later one holds; and what is about an office is for whoever has it: reminders and the like for whoever speaks for
-- the party, who is whoever began the reply until somebody is named.
create or replace function mail.moot(p_letter mail.letter) returns text stable language plpgsql as $$
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

drop function mail.concerns;

-- The last moment that is in time of a deadline: one in the last second of a day is that of the whole day. In a zone that this
-- database has no longer, or never had, it is the instant itself: nothing that is recorded may keep views from being built.
create function log.last_moment(p_at timestamptz, p_zone text) returns timestamptz stable language plpgsql as $$
begin
    return case when date_trunc('second', p_at) = p_at
                 and ((p_at + interval '1 second') at time zone p_zone)::date > (p_at at time zone p_zone)::date
                then p_at + interval '999999 microseconds' else p_at end;
exception when invalid_parameter_value then
    return p_at;
end $$;
