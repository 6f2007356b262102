-- How often officers are told by letter what waits for them, and up to where they were told.
create table mail.digest (
    person uuid primary key references directory.person (id),
    every text not null check (every in ('at_once', 'daily', 'never')),
    position bigint not null, -- what came up to here was told
    due_at timestamptz not null default now(), -- before this nothing is told
    -- by which they came in through single sign-on when they set it: who is no officer any more is told nothing
    identity uuid references access.standing
);

alter table mail.letter drop constraint letter_kind_check;
alter table mail.letter add constraint letter_kind_check check (
    kind in ('invitation', 'contributor_invitation', 'comment_invitation', 'sign_in_link', 'reminder', 'clarification',
             'extension', 'correction', 'receipt', 'digest'));

do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant select, insert, update, delete on mail.digest to rapporteur_app;
    end if;
end $$;
