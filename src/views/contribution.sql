-- Contributions: what was pledged, by whom and for what, as it is known, and where each stands.
create table contribution (
    contribution uuid not null,
    giver uuid not null,
    giver_kind text not null, -- on the day of the pledge
    recipient text not null, -- office, meeting, project
    object uuid, -- the meeting or the project
    form text not null, -- money, staff, in_kind
    amount numeric, -- of money: never added up over currencies
    currency text,
    person_months numeric, -- of staff
    purpose text, -- of help in kind
    earmarked jsonb, -- where the words are
    pledged_on date not null,
    since bigint not null,
    until bigint, -- then it was corrected
    primary key (contribution, since)
);

create index on contribution (object) where object is not null;

create table contribution_status (
    contribution uuid not null,
    status text not null, -- pledged, received, cancelled
    day date not null,
    since bigint not null,
    until bigint,
    primary key (contribution, since)
);

create function project_contribution(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into contribution (contribution, giver, giver_kind, recipient, object, form, amount, currency, person_months,
                              purpose, earmarked, pledged_on, since)
    select stream, (data ->> 'from')::uuid, data ->> 'from_kind',
           case when data -> 'to' ? 'meeting' then 'meeting' when data -> 'to' ? 'project' then 'project' else 'office' end,
           coalesce(data #>> '{to,meeting}', data #>> '{to,project}')::uuid,
           case when data -> 'what' ? 'money' then 'money' when data -> 'what' ? 'staff' then 'staff' else 'in_kind' end,
           (data #>> '{what,money,amount}')::numeric, data #>> '{what,money,currency}',
           (data #>> '{what,staff,person_months}')::numeric, data #>> '{what,in_kind,purpose}',
           data -> 'earmarked', (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('contribution_pledged', 'contribution_corrected') order by position;

    insert into contribution_status (contribution, status, day, since)
    select stream, replace(kind, 'contribution_', ''), (data ->> 'on')::date, position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('contribution_pledged', 'contribution_received', 'contribution_cancelled') order by position;
end $$;

create view contributions as
select c.contribution as id, c.giver, c.giver_kind, c.recipient, c.object, c.form, c.amount, c.currency, c.person_months,
       c.purpose, c.pledged_on, s.status, case s.status when 'pledged' then c.pledged_on else s.day end as status_on
  from contribution c
  join contribution_status s on s.contribution = c.contribution and s.until is null
 where c.until is null;
