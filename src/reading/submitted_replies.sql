-- $1 as of position (null: now), $2 collection; whose answers are counted: $3 the position at which consent must hold still (null:
-- everybody's); $4 up to which position whoever asks has the answers of what was submitted; $5 the reply after which to begin, $6 how many
with now as (
    select coalesce($1, h.position) as position from log.head h
), submitted as (
    select s.* from now
      join views.submission s on s.collection = $2 and s.reply > $5 and log.holds(s.since, s.until, now.position)
     order by s.reply limit $6
)
select now.position as "position!",
       (select log.rfc3339(e.time) from log.event e where e.position = now.position) as "time",
       coalesce(greatest(
           (select max(s.since) from views.submission s where s.collection = $2 and s.since <= now.position),
           (select max(s.until) from views.submission s where s.collection = $2 and s.until <= now.position)), 0)
           as "changed!",
       s.reply as "reply?", s.since as "submission?", s.version as "version?", log.rfc3339(s.received_at) as received_at,
       s.received_on::text as received_on, s.party as "party?", p.code as "code?", i.kind as "kind?", i.regional_group as "regional_group?",
       i.region as "region?", p.sub_region as "sub_region?",
       case when $3::bigint is not null
            then array(select c.section from views.consent c
                        where c.reply = s.reply and c.submission = s.since and log.holds(c.since, c.until, now.position)) end
           as consented,
       case when $3::bigint is not null
            then array(select c.section from views.consent c
                        where c.reply = s.reply and c.submission = s.since and log.holds(c.since, c.until, $3)) end
           as consented_still,
       w.answers::text as "answers?", w.irrelevant::text as "irrelevant?"
  from now
  left join submitted s on true
  left join views.invitation i on i.collection = s.collection and i.party = s.party
  left join views.party p on p.party = s.party
  left join views.submitted_answers w on w.submission = s.since and s.since > $4
 order by s.reply
