-- Whether somebody still has the office by which they come in: a focal point or a contributor of the party in one of its
-- collections. Whoever comes in otherwise (a mission, a donor) has none that could end. It is asked of the views, which are
-- written with the event that ends an office, so that every way in ends with it, in every process.
-- (plpgsql, since the views are not there yet while this runs.)
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

-- Whether a letter's reader is still in the office that it is about. Reminders and the like are for whoever speaks for the
-- party: until somebody is named, that is who began the reply.
create function mail.concerns(p_kind text, p_collection uuid, p_party uuid, p_person uuid) returns boolean
stable language plpgsql as $$
begin
    return case
        when p_kind = 'sign_in_link' then exists (
            select from access.account a
             where a.person = p_person and a.until is null and access.stands(a.role, a.party, a.person))
        when p_collection is null then true
        when p_kind = 'invitation' then access.stands_in('focal_point', p_collection, p_party, p_person)
        when p_kind = 'contributor_invitation' then access.stands_in('contributor', p_collection, p_party, p_person)
        else not exists (
                 select from views.focal_point
                  where collection = p_collection and party = p_party and until is null
                    and person is distinct from p_person)
             and (p_kind = 'clarification'
                  or not exists (select from views.collection_status
                                  where collection = p_collection and status = 'closed' and until is null)) end;
end $$;
