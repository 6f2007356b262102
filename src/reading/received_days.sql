-- $1 as of position (null: now), $2 collection, $3 the time zone whose days they are
with now as (
    select coalesce($1, h.position) as position from log.head h
), invited as (
    select i.party
      from views.invitation i, now
     where i.collection = $2 and i.kind = 'member_state' and i.since <= now.position
), due as (
    -- of the deadlines that were set for a party or for all, the latest holds
    select distinct on (i.party) i.party, d.time_zone
      from invited i
     cross join now
      join views.deadline d on d.collection = $2 and d.party in (i.party, '00000000-0000-0000-0000-000000000000')
           and d.since <= now.position
     order by i.party, d.deadline desc
), received as (
    -- as participation has it: when it came is said by the first submission, whether it counts by the one that holds
    select s.party, min(coalesce(s.received_on::timestamp at time zone d.time_zone, s.received_at)) as at,
           bool_or(log.holds(s.since, s.until, now.position)) as holds
      from now
     cross join views.submission s
      join due d on d.party = s.party
     where s.collection = $2 and s.since <= now.position
     group by s.party
)
select coalesce(jsonb_agg(to_jsonb(q) order by q.day), '[]') as "days!: Json<Vec<ReceivedDay>>"
  from (select (r.at at time zone $3)::date as day, count(*) as replied
          from received r where r.holds group by 1) q
