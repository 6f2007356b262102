-- $1 as of position (null: now), $2 collection, $3 group by, $4 received by (RFC 3339, or null)
with now as (
    select coalesce($1, h.position) as position from log.head h
), invited as (
    select i.party, i.kind, i.since,
           case $3 when 'regional_group' then i.regional_group when 'region' then i.region end as "group"
      from views.invitation i, now
     where i.collection = $2 and i.since <= now.position
), received as (
    -- lateness is judged by the first submission, presence by the one that holds
    select s.party, min(s.received_at) as at, max(s.since) as since,
           bool_or(s.until is null or s.until > now.position) as holds
      from views.submission s, now
     where s.collection = $2 and s.since <= now.position
     group by s.party
), counted as (
    select i.kind, i."group", count(*) as invited, count(r.party) as replied,
           count(*) filter (where r.at > c.deadline) as late
      from invited i
      join views.collection c on c.collection = $2
      left join received r on r.party = i.party and r.holds and ($4::text is null or r.at <= $4::text::timestamptz)
     group by i.kind, i."group"
)
select now.position as "position!",
       (select log.rfc3339(e.time) from log.event e where e.position = now.position) as "time",
       (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from counted c) as "counts!: Json<Vec<Count>>",
       greatest((select max(since) from invited), (select max(since) from received), 0) as "changed!"
  from now
