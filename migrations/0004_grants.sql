-- Three roles: the owner (who runs this), the application, and readers of the public views. Where the last two do not
-- exist (a PostgreSQL of the user's own, with one role), only the triggers guard the log, and the server says so.
do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant usage on schema log, access to rapporteur_app;
        grant select, insert on log.event, log.command, log.content to rapporteur_app;
        grant select, update on log.head to rapporteur_app;
        grant execute on all functions in schema log to rapporteur_app;
        grant select, insert, update on access.token to rapporteur_app;
    end if;
end $$;
