-- $1 as of position (null: now), $2 collection, $3 group by, $4 question; whose answers are counted: $5 the position at which
-- consent must hold still (null: everybody's), $6 the question's section; $7 the addresses of what the question is a part of
with now as (
    select coalesce($1, h.position) as position from log.head h
), submitted as materialized (
    select i.kind, s.since,
           case $3 when 'regional_group' then i.regional_group when 'region' then i.region end as "group",
           case when $5::bigint is null then true
                else views.consented(s.reply, s.since, $6, now.position)
                     and views.consented(s.reply, s.since, $6, $5) end as counted
      from views.submission s
      join views.invitation i on i.collection = s.collection and i.party = s.party, now
     where s.collection = $2 and log.holds(s.since, s.until, now.position)
), answered as materialized (
    -- the answer as it stood when the reply was submitted
    select s."group", a.since is not null and a.missing is null and not a.not_available as answered, a.not_available, a.missing,
           w.irrelevant ?| $7::text[] as not_relevant,
           case when a.choice is not null then array[a.choice] else a.choices end as chosen
      from submitted s
      join views.submitted_answers w on w.submission = s.since
      left join views.answer a on a.since = (w.given -> $4)::bigint and a.question = $4
     where s.kind = 'member_state' and s.counted
), based as (
    select "group", count(*) as replied, count(*) filter (where counted) as counted
      from submitted where kind = 'member_state' group by "group"
), stood as (
    select "group", count(*) filter (where answered) as answered,
           count(*) filter (where not_available) as not_available,
           count(*) filter (where missing = 'not_applicable') as not_applicable,
           count(*) filter (where missing = 'not_collected') as not_collected,
           count(*) filter (where missing = 'confidential') as confidential,
           count(*) filter (where not_relevant) as not_relevant
      from answered group by "group"
), bases as (
    select b."group", b.replied, b.counted, coalesce(s.answered, 0) as answered,
           coalesce(s.not_available, 0) as not_available, coalesce(s.not_applicable, 0) as not_applicable,
           coalesce(s.not_collected, 0) as not_collected, coalesce(s.confidential, 0) as confidential,
           coalesce(s.not_relevant, 0) as not_relevant
      from based b left join stood s on s."group" is not distinct from b."group"
), optioned as (
    select "group", value, count(*) as count from answered cross join unnest(chosen) as value group by "group", value
)
select now.position as "position!",
       (select log.rfc3339(e.time) from log.event e where e.position = now.position) as "time",
       (select coalesce(jsonb_agg(to_jsonb(b)), '[]') from bases b) as "bases!: Json<Vec<Base>>",
       (select coalesce(jsonb_agg(to_jsonb(o)), '[]') from optioned o) as "options!: Json<Vec<OptionCount>>",
       (select count(*) from submitted s where s.kind <> 'member_state') as "others!",
       coalesce(greatest(
           (select max(s.since) from views.submission s where s.collection = $2 and s.since <= now.position),
           (select max(s.until) from views.submission s where s.collection = $2 and s.until <= now.position)), 0)
           as "changed!"
  from now
