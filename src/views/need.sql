-- Needs: whose they are, what is said of them, where they stand, with whom they are shared. A need that was drafted beside
-- a reply is indicated where the reply's submission names it, and dropped with the changes that it was drafted beside. What a
-- reply's rows, entries and groups state is said by what is recorded beside its submissions.
create table need (
    need uuid primary key,
    party uuid not null,
    reply uuid, -- null: indicated outside of any reply
    stated_at text collate "C", -- the address of the row, the entry or the group of the reply that states it
    since bigint not null
);
create index on need (party);
create index on need (reply) where reply is not null;

create table need_about (
    need uuid not null,
    category text,
    standard text,
    type text not null,
    types_version int not null,
    urgency text not null,
    about jsonb not null, -- all that is said; the words themselves are contents
    since bigint not null,
    until bigint,
    primary key (need, since)
);

create table need_status (
    need uuid not null,
    status text not null, -- drafted, dropped, indicated, confirmed, merged, declined, met, lapsed
    since bigint not null,
    until bigint,
    primary key (need, since)
);

create table need_sharing (
    need uuid not null,
    shared_with text not null, -- nobody, donors, all
    since bigint not null,
    until bigint,
    primary key (need, since)
);
create index on need_sharing (shared_with) where until is null;

create table need_type (
    code text collate "C" not null,
    version int not null,
    place int not null,
    label jsonb not null,
    since bigint not null,
    until bigint,
    primary key (code, since)
);

create function project_need(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    -- Most batches that come here have submissions without needs, of which nothing follows.
    if not (p_kind && array['need_types_revised', 'need_drafted', 'need_edited', 'need_dropped', 'need_indicated', 'amendment_begun',
                            'amendment_discarded', 'need_confirmed', 'need_merged', 'need_declined', 'need_met', 'need_lapsed',
                            'need_shared', 'reply_needs_stated'])
       and not exists (select from unnest(p_kind, p_data) as e (kind, data)
                        where kind = 'reply_submitted' and jsonb_array_length(coalesce(data -> 'needs', '[]')) > 0)
    then
        return;
    end if;

    insert into need (need, party, reply, since)
    select stream, (data ->> 'party')::uuid, (data ->> 'reply')::uuid, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('need_drafted', 'need_indicated');

    insert into need (need, party, reply, stated_at, since)
    select (s ->> 'need')::uuid, (data ->> 'party')::uuid, stream, s ->> 'at', position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join jsonb_array_elements(coalesce(data -> 'stated', '[]')) as s
     where kind = 'reply_needs_stated' order by position
        on conflict (need) do nothing;

    insert into need_about (need, category, standard, type, types_version, urgency, about, since)
    select stream, data ->> 'category', data ->> 'standard', data ->> 'type', (data ->> 'types_version')::int,
           data ->> 'urgency', data - 'party' - 'reply' - 'number' - 'entered_on_behalf', position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('need_drafted', 'need_indicated', 'need_edited')
     union all
    select (s ->> 'need')::uuid, s ->> 'category', s ->> 'standard', s ->> 'type', (s ->> 'types_version')::int,
           s ->> 'urgency', s - 'need' - 'at' - 'status', position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     cross join jsonb_array_elements(coalesce(data -> 'stated', '[]')) as s
     where kind = 'reply_needs_stated' order by position;

    insert into need_status (need, status, since)
    select stream, replace(kind, 'need_', ''), position
      from unnest(p_position, p_stream, p_kind) as e (position, stream, kind)
     where kind in ('need_drafted', 'need_dropped', 'need_indicated', 'need_confirmed', 'need_merged', 'need_declined',
                    'need_met', 'need_lapsed')
     union all
    select n::uuid, case field when 'needs' then 'indicated' when 'given_back' then 'drafted' else 'dropped' end, position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     cross join unnest(array['needs', 'set_aside', 'dropped', 'given_back']) as field
     cross join jsonb_array_elements_text(coalesce(data -> field, '[]')) as n
     where kind in ('reply_submitted', 'amendment_begun', 'amendment_discarded')
     union all
    select (s ->> 'need')::uuid, s ->> 'status', position
      from unnest(p_position, p_kind, p_data) as e (position, kind, data)
     cross join unnest(array['stated', 'ended']) as field
     cross join jsonb_array_elements(coalesce(data -> field, '[]')) as s
     where kind = 'reply_needs_stated' and s ->> 'status' is not null
     order by position;

    insert into need_sharing (need, shared_with, since)
    select stream, data ->> 'with', position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'need_shared' order by position;

    update need_type t set until = c.position
      from (select min(position) as position from unnest(p_position, p_kind) as e (position, kind)
             where kind = 'need_types_revised') c
     where c.position is not null and t.until is null;

    insert into need_type (code, version, place, label, since, until)
    select t.type ->> 'code', r.version, t.place, t.type -> 'label', r.position, r.until
      from (select (data ->> 'version')::int as version, data -> 'types' as types, position,
                   lead(position) over (order by position) as until
              from unnest(p_position, p_kind, p_data) as e (position, kind, data)
             where kind = 'need_types_revised') r
     cross join jsonb_array_elements(r.types) with ordinality as t (type, place);
end $$;

create view need_types as
select t.code, t.label ->> 'en' as label_en, t.label ->> 'fr' as label_fr, t.version from need_type t where t.until is null;
