-- Where each answer of a reply stood at one position, put by behind the appends: a submission reads from there on, and not all that
-- was ever saved, while everybody who appends waits for it. It follows from the log alone; whether a row is there changes no
-- result. Whoever changes what an event does to the answers of a reply raises the definition, here at first 1, in the view and in
-- the follower: an older program's rows then say nothing.
create table following.answer_checkpoint (
    reply uuid not null,
    definition int not null,
    version int not null, -- of the reply's stream
    position bigint not null, -- of the event of that version
    given jsonb not null, -- the position at which each answer was given, by its question's code; none that was cleared
    primary key (reply, definition)
);

insert into following.follower (name, position) values ('answer_checkpoints', 0);

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert, update on following.answer_checkpoint to rapporteur_app;
    end if;
end $$;
