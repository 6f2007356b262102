-- Letters about a clarification and an extension; and of each letter, which party's reply to which collection it is about, so
-- that those of a collection are found, and a reminder is not sent once the party has replied.
alter table mail.letter
    drop constraint letter_kind_check,
    add constraint letter_kind_check check (kind in ('invitation', 'contributor_invitation', 'sign_in_link', 'reminder',
                                                     'clarification', 'extension')),
    add column collection uuid,
    add column party uuid,
    add check ((collection is null) = (party is null));
create index letter_about on mail.letter (collection, id) where collection is not null;
