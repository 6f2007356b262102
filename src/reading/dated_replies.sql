-- $1 as of position (null: now), $2 collection, $3 the zone in which days end, $4 whether days are those on which replies were received:
-- every version that was submitted up to there, and from which day to which it stood
with now as (
    select coalesce($1, h.position) as position from log.head h
)
select s.since as "submission!", s.reply as "reply!", s.version as "version!",
       case when $4 then coalesce(s.received_on, (s.received_at at time zone $3)::date)
            else (s.received_at at time zone $3)::date end::text as "from!",
       (select (e.time at time zone $3)::date::text from log.event e where e.position = s.until and s.until <= now.position)
           as until,
       w.answers::text as "answers!", w.irrelevant::text as "irrelevant!",
       s.party as "party!", p.code as "code!", i.kind as "kind!", i.regional_group, i.region, p.sub_region
  from now
  join views.submission s on s.collection = $2 and s.since <= now.position and s.until is distinct from s.since
  join views.invitation i on i.collection = s.collection and i.party = s.party
  join views.party p on p.party = s.party
  join views.submitted_answers w on w.submission = s.since
 order by p.code, s.since
