-- Three roles: the owner (who runs this), the application, and readers of the public views. Where the last two do not
-- exist (a PostgreSQL of the user's own, with one role), only the triggers guard the log, and the server says so.
do $$
begin
    if exists (select from pg_roles where rolname = 'rapporteur_app') then
        grant usage on schema log, access, audit, directory, mail to rapporteur_app;
        grant select, insert on log.event, log.command, log.content, log.deletion, log.tree, log.root to rapporteur_app;
        grant select, update on log.head to rapporteur_app;
        grant delete on log.content to rapporteur_app; -- as far as the triggers let it
        grant select, insert, update, delete on log.upload to rapporteur_app;
        grant execute on all functions in schema log to rapporteur_app;
        grant select, insert, update on directory.person to rapporteur_app;
        grant select, insert on directory.identity to rapporteur_app;
        grant execute on function directory.correct to rapporteur_app;
        grant select, insert, update on access.token, access.standing, access.account to rapporteur_app;
        grant select, insert, update, delete on access.link, access.session, access.idempotency, access.intake
            to rapporteur_app;
        grant select on access.installation, access.plain_stream to rapporteur_app;
        grant select, insert, update (count) on audit.read to rapporteur_app;
        grant select, insert, update on mail.letter to rapporteur_app;
        grant execute on function mail.moot to rapporteur_app;
    end if;
end $$;
