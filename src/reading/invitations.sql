-- $1 as of position (null: now), $2 collection, $3 after this code (or null), $4 how many rows, $5 the time (RFC 3339),
-- $6 member_states, other_sources (or null: both), $7 whether overdue (or null: both), $8 party (or null: all)
with now as (
    select h.position, coalesce(e.time, $5::text::timestamptz) as time
      from (select coalesce($1, position) as position from log.head) h
      left join log.event e on e.position = $1
), invited as (
    select i.party, p.code, i.kind, i.regional_group, i.region, i.since, log.rfc3339(e.time) as invited_at,
           coalesce(i.reference, c.reference) as reference, coalesce(i.dated, c.opened_on) as dated,
           log.rfc3339(d.deadline) as deadline, d.time_zone, s.holds as replied,
           case when s.holds then s.first > d.last_moment end as late, not s.holds and d.last_moment < now.time as overdue,
           m.reminders, log.rfc3339(m.last) as reminded_at
      from now
      join views.invitation i on i.collection = $2 and i.since <= now.position
      join views.collection c on c.collection = i.collection
      join views.party p on p.party = i.party
      join log.event e on e.position = i.since
     cross join lateral (
           select d.deadline, d.last_moment, d.time_zone from views.deadline d
            where d.collection = i.collection and d.party in (i.party, '00000000-0000-0000-0000-000000000000')
              and d.since <= now.position order by d.deadline desc limit 1) d
     cross join lateral (
           select coalesce(bool_or(log.holds(s.since, s.until, now.position)), false) as holds,
                  min(coalesce(s.received_on::timestamp at time zone d.time_zone, s.received_at)) as first
             from views.submission s
            where s.collection = i.collection and s.party = i.party and s.since <= now.position) s
     cross join lateral (
           select count(*) as reminders, max(e.time) as last
             from views.reminder m join log.event e on e.position = m.since
            where m.collection = i.collection and m.party = i.party and m.since <= now.position) m
     where ($3::text is null or p.code > $3 collate "C") and ($8::uuid is null or i.party = $8)
       and ($6::text is null or $6 = case i.kind when 'member_state' then 'member_states' else 'other_sources' end)
)
select now.position as "position!",
       (select coalesce(jsonb_agg(to_jsonb(r) order by r.code), '[]')
          from (select * from invited where $7::boolean is null or overdue = $7 order by code limit $4) r)
           as "rows!: Json<Vec<InvitationRow>>",
       (select count(*) from views.deadline d
         where d.collection = $2 and d.since <= now.position and d.last_moment < now.time) as "passed!",
       coalesce(greatest(
           (select max(since) from views.invitation where collection = $2 and since <= now.position),
           (select max(since) from views.deadline where collection = $2 and since <= now.position),
           (select max(since) from views.reminder where collection = $2 and since <= now.position),
           (select max(since) from views.submission where collection = $2 and since <= now.position),
           (select max(until) from views.submission where collection = $2 and until <= now.position)), 0) as "changed!"
  from now
