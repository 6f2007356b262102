-- $1 as of position (null: now), $2 collection, $3 party whose reply is seen as it stands, $4 after this code (or null),
-- $5 how many rows, $6 whether all are seen as they stand, $7 member_states, other_sources (or null: both), $8 status (or
-- null: any)
with now as (
    select coalesce($1, h.position) as position from log.head h
), seen as materialized (
    select r.reply, r.party, r.since, $6 or r.party is not distinct from $3 as whole
      from views.reply r
     where r.collection = $2
       and ($6 or r.party = $3
            or exists (select from views.consent c where c.reply = r.reply and c.until is null))
), found as (
    select r.reply as id, r.party, p.code, i.kind, s.version as submitted_version,
           log.rfc3339(s.received_at) as received_at, s.received_on, s.source,
           case when s.version is null and f.at is null then 'draft'
                when s.version is null then 'withdrawn'
                when not r.whole then 'submitted'
                when exists (select from views.clarification q
                              where q.reply = r.reply and log.holds(q.since, q.until, now.position)) then 'clarification'
                when exists (select from views.amendment a
                              where a.reply = r.reply and log.holds(a.since, a.until, now.position)) then 'amendment'
                when exists (select from views.acceptance a
                              where a.reply = r.reply and log.holds(a.since, a.until, now.position)) then 'accepted'
                else 'submitted' end as status,
           f.at > d.last_moment as late
      from now
     cross join seen r
      join views.party p on p.party = r.party
      join views.invitation i on i.collection = $2 and i.party = r.party
     cross join lateral (
           select d.last_moment, d.time_zone from views.deadline d
            where d.collection = $2 and d.party in (r.party, '00000000-0000-0000-0000-000000000000')
              and d.since <= now.position order by d.deadline desc limit 1) d
     cross join lateral (
           select min(coalesce(s.received_on::timestamp at time zone d.time_zone, s.received_at)) as at
             from views.submission s
            where s.collection = $2 and s.reply = r.reply and s.since <= now.position) f
      left join views.submission s on s.collection = $2 and s.reply = r.reply and log.holds(s.since, s.until, now.position)
     where r.since <= now.position
       -- the party must consent to some section of this very version still
       and (r.whole or exists (select from views.consent c
                                where c.reply = r.reply and c.submission = s.since and c.until is null))
       and ($4::text is null or p.code > $4 collate "C")
       and ($7::text is null or $7 = case i.kind when 'member_state' then 'member_states' else 'other_sources' end)
)
select now.position as "position!",
       (select coalesce(jsonb_agg(to_jsonb(q) order by q.code), '[]')
          from (select * from found where $8::text is null or status = $8 order by code limit $5) q)
           as "rows!: Json<Vec<ReplyRow>>",
       coalesce(greatest(
           (select max(since) from seen where whole and since <= now.position),
           (select max(s.since) from views.submission s join seen r on r.reply = s.reply
             where s.collection = $2 and s.since <= now.position),
           (select max(s.until) from views.submission s join seen r on r.reply = s.reply
             where s.collection = $2 and s.until <= now.position),
           (select max(since) from views.deadline where collection = $2 and since <= now.position),
           (select max(greatest(a.since, case when a.until <= now.position then a.until end))
              from seen r join views.clarification a on a.reply = r.reply where r.whole and a.since <= now.position),
           (select max(greatest(a.since, case when a.until <= now.position then a.until end))
              from seen r join views.amendment a on a.reply = r.reply where r.whole and a.since <= now.position),
           (select max(greatest(a.since, case when a.until <= now.position then a.until end))
              from seen r join views.acceptance a on a.reply = r.reply where r.whole and a.since <= now.position),
           (select max(greatest(c.since, c.until)) from views.reply r
              join views.consent c on c.reply = r.reply where r.collection = $2 and not $6)), 0) as "changed!"
  from now
