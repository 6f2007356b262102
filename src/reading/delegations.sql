-- $1 as of position (null: now), $2 collection, $3 after this code (or null), $4 how many rows, $5 whether somebody is
-- nominated (or null: both)
with now as (
    select coalesce($1, h.position) as position from log.head h
), delegated as (
    select i.party, p.code, f.person as focal_point, n.person as nominated,
           (select count(*) from views.contributor a
             where a.collection = i.collection and a.party = i.party
               and log.holds(a.since, a.until, now.position)) as contributors,
           exists (select from views.reply r
                    where r.collection = i.collection and r.party = i.party and r.since <= now.position) as begun,
           exists (select from views.submission s
                    where s.collection = i.collection and s.party = i.party
                      and log.holds(s.since, s.until, now.position)) as replied
      from now
      join views.invitation i on i.collection = $2 and i.since <= now.position
      join views.party p on p.party = i.party
      left join views.focal_point f on f.collection = i.collection and f.party = i.party
           and log.holds(f.since, f.until, now.position)
      left join views.nomination n on n.collection = i.collection and n.party = i.party
           and log.holds(n.since, n.until, now.position)
     where ($3::text is null or p.code > $3 collate "C") and ($5::boolean is null or $5 = (n.person is not null))
     order by p.code limit $4
)
select now.position as "position!",
       (select coalesce(jsonb_agg(to_jsonb(d) order by d.code), '[]') from delegated d) as "rows!: Json<Vec<DelegationRow>>",
       coalesce(greatest(
           (select max(i.since) from views.invitation i where i.collection = $2 and i.since <= now.position),
           (select max(f.since) from views.focal_point f where f.collection = $2 and f.since <= now.position),
           (select max(n.since) from views.nomination n where n.collection = $2 and n.since <= now.position),
           (select max(a.since) from views.contributor a where a.collection = $2 and a.since <= now.position),
           (select max(a.until) from views.contributor a where a.collection = $2 and a.until <= now.position),
           (select max(r.since) from views.reply r where r.collection = $2 and r.since <= now.position),
           (select max(s.since) from views.submission s where s.collection = $2 and s.since <= now.position),
           (select max(s.until) from views.submission s where s.collection = $2 and s.until <= now.position)), 0)
           as "changed!"
  from now
