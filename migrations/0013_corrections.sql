-- Letters that tell what of a questionnaire was corrected. They have something to say to whoever speaks for a party, whether it
-- has replied or not, until the collection is closed.
alter table mail.letter drop constraint letter_kind_check;
alter table mail.letter add constraint letter_kind_check check (
    kind in ('invitation', 'contributor_invitation', 'sign_in_link', 'reminder', 'clarification', 'extension', 'correction'));
