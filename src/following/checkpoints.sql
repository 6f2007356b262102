-- Puts by where the answers stand of each reply that was saved often, between two positions, since that was last done.
insert into following.answer_checkpoint as kept (reply, definition, version, position, given)
select due.reply, 1, due.version, due.position,
       (select coalesce(jsonb_object_agg(last.question, last.since) filter (where not last.cleared), '{}')
          from (select distinct on (question) question, since, cleared
                  from (select key as question, value::bigint as since, false as cleared
                          from jsonb_each_text(due.given)
                        union all
                        select a.question, a.since, a.cleared
                          from log.event e join views.answer a on a.since = e.position and not a.derived
                         where e.stream = due.reply and e.version > due.put_by and e.version <= due.version) as each
                 order by question, since desc) as last)
  from (select saved.reply, saved.version, saved.position, coalesce(c.version, 0) as put_by, coalesce(c.given, '{}') as given
          from (select stream as reply, max(version) as version, max(position) as position
                  from log.event
                 where position > $1 and position <= $2 and kind in ('reply_answered', 'reply_cleared')
                 group by stream) as saved
          left join following.answer_checkpoint c on c.reply = saved.reply and c.definition = 1
         where saved.version - coalesce(c.version, 0) >= $3) as due
on conflict (reply, definition) do update
   set version = excluded.version, position = excluded.position, given = excluded.given
 where kept.version < excluded.version
