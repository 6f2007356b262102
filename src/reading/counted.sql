-- $1 collection, $2 position that is to be released, $3 whether all are counted, or those with a section that is consented to,
-- $4 the sections
with moments as (
    -- the release that is to be, and the last one
    select true as is_new, $2::bigint as position, h.position as consent_as_of from log.head h
    union all
    (select false, r.position, r.consent_as_of from views.release r where r.collection = $1 order by r.release desc limit 1)
), found as (
    select m.is_new, s.reply, s.since,
           array(select section from unnest($4::text[]) as section
                  where $3 or (views.consented(s.reply, s.since, section, m.position)
                               and views.consented(s.reply, s.since, section, m.consent_as_of))) as sections
      from moments m
      join views.submission s on s.collection = $1 and log.holds(s.since, s.until, m.position)
      join views.invitation i on i.collection = s.collection and i.party = s.party and i.kind = 'member_state'
), counted as (
    select is_new, reply from found where sections <> '{}'
), changed as (
    -- what one of the two shows and the other does not
    select reply, sections, case when sections <> '{}' then since end from found group by 1, 2, 3 having count(*) = 1
)
select (select count(*) from found where is_new) as "replied!",
       (select count(*) from counted where is_new) as "counted!",
       (select count(*) from counted n
         where n.is_new and not exists (select from counted l where not l.is_new and l.reply = n.reply)) as "newly_counted!",
       (select consent_as_of from moments where is_new) as "consent_as_of!",
       exists (select from moments where not is_new) and not exists (select from changed) as "is_unchanged!"
