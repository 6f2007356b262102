-- $1 as of position (null: now), $2 collection, $3 group by, $4 received by (RFC 3339, or null)
with now as (
    select coalesce($1, h.position) as position from log.head h
), invited as (
    select i.party, i.kind, i.since,
           case $3 when 'regional_group' then i.regional_group when 'region' then i.region end as "group"
      from views.invitation i, now
     where i.collection = $2 and i.since <= now.position
), due as (
    -- of the deadlines that were set for a party or for all, the latest holds
    select distinct on (i.party) i.party, d.last_moment, d.time_zone
      from invited i
     cross join now
      join views.deadline d on d.collection = $2 and d.party in (i.party, '00000000-0000-0000-0000-000000000000')
           and d.since <= now.position
     order by i.party, d.deadline desc
), received as (
    -- lateness is judged by the first submission, presence by the one that holds; paper came at the beginning of its day
    select s.party, min(coalesce(s.received_on::timestamp at time zone d.time_zone, s.received_at)) as at,
           bool_or(log.holds(s.since, s.until, now.position)) as holds,
           bool_or(s.received_on is not null and log.holds(s.since, s.until, now.position)) as entered
      from now
     cross join views.submission s
      join due d on d.party = s.party
     where s.collection = $2 and s.since <= now.position
     group by s.party
), submitted as (
    -- whether a version replaces, or is replaced by, one that counts alike: that it was amended shows in no count
    select s.since, s.until,
           exists (select from views.submission b
                    where b.collection = s.collection and b.reply = s.reply and b.until = s.since
                      and b.received_on is not distinct from s.received_on) as replaces,
           exists (select from views.submission n
                    where n.collection = s.collection and n.reply = s.reply and n.since = s.until
                      and n.received_on is not distinct from s.received_on) as is_replaced
      from views.submission s where s.collection = $2
), counted as (
    select i.kind, i."group", count(*) as invited, count(r.party) as replied,
           count(*) filter (where r.at > d.last_moment) as late,
           count(*) filter (where r.entered) as entered
      from invited i
      join due d on d.party = i.party
      left join received r on r.party = i.party and r.holds and ($4::text is null or r.at <= $4::text::timestamptz)
     group by i.kind, i."group"
)
select now.position as "position!",
       (select log.rfc3339(e.time) from log.event e where e.position = now.position) as "time",
       (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from counted c) as "counts!: Json<Vec<Count>>",
       greatest((select max(since) from invited), (select max(since) from submitted where since <= now.position and not replaces),
                (select max(until) from submitted where until <= now.position and not is_replaced),
                (select max(since) from views.deadline where collection = $2 and since <= now.position), 0) as "changed!"
  from now
