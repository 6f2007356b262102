-- Why a letter has nothing more to say, if that is so: a code, as `why` has it. A party that has replied needs no reminder and
-- no more time, one of which nothing is asked any more no letter about that; and of two letters that say until when a party
-- may reply, the later one holds. It is asked of the views, which are written with the event that makes it so.
-- (plpgsql, since the views are not there yet while this runs.)
create function mail.moot(p_letter mail.letter) returns text stable language plpgsql as $$
begin
    return case
        when p_letter.collection is null then null
        when p_letter.kind = 'clarification' then
            case when not exists (
                select from views.reply r join views.clarification q on q.reply = r.reply and q.until is null
                 where r.collection = p_letter.collection and r.party = p_letter.party) then 'answered' end
        when p_letter.kind not in ('reminder', 'extension') then null
        when exists (
            select from views.submission
             where collection = p_letter.collection and party = p_letter.party and until is null) then 'replied'
        when exists (
            select from mail.letter later
             where later.collection = p_letter.collection and later.party = p_letter.party
               and later.person = p_letter.person and later.id > p_letter.id
               and later.kind in ('reminder', 'extension')) then 'superseded' end;
end $$;

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant execute on function mail.moot to rapporteur_app;
    end if;
end $$;
