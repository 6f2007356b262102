-- Sections go between a party's focal point and its colleagues, who hear of it by letter.
alter table mail.letter drop constraint letter_kind_check;
alter table mail.letter add constraint letter_kind_check check (
    kind in ('invitation', 'contributor_invitation', 'comment_invitation', 'sign_in_link', 'reminder', 'clarification',
             'extension', 'correction', 'receipt', 'hand_back', 'section_return', 'digest'));

-- As it was, and for these.
create or replace function mail.moot(p_letter mail.letter) returns text stable language plpgsql as $$
begin
    return case
        when p_letter.kind = 'sign_in_link' then case when not exists (
            select from access.account a where a.person = p_letter.person and access.lets_in(a)) then 'office_ended' end
        when p_letter.kind = 'comment_invitation' then case when p_letter.consultation is not null and not access.stands_in(
            'commenter', p_letter.consultation, p_letter.party, p_letter.person) then 'office_ended' end
        when p_letter.collection is null or p_letter.kind = 'receipt' then null
        -- What was passed on before the reply was submitted has been settled by that.
        when p_letter.kind in ('hand_back', 'section_return') and exists (
            select from views.submission
             where collection = p_letter.collection and party = p_letter.party and since > p_letter.event) then 'replied'
        when p_letter.kind = 'section_return' then case when not access.stands_in(
            'contributor', p_letter.collection, p_letter.party, p_letter.person) then 'office_ended' end
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
