-- The log's Merkle tree (RFC 6962 over the leaf hashes, in the order of positions), as far as it is noted: beside the append,
-- by whoever follows the log. What is noted is never changed either, so that an event which is rewritten together with its
-- leaf, or cut off, no longer agrees with it.

-- The roots of complete subtrees of 256 leaves (level 1), 65,536 (level 2) and so on, as tiles have them: the subtree `index`,
-- counted from 0, of a level holds the events (index * 256^level, (index + 1) * 256^level]. With them the root at any position
-- takes few hashes; level 0 are the leaves themselves.
create table log.tree (
    level smallint not null check (level between 1 and 7),
    index bigint not null check (index >= 0),
    hash bytea not null check (octet_length(hash) = 32),
    primary key (level, index)
);

-- The root of the whole log as of some positions: what binds the last events, which no complete subtree holds yet.
create table log.root (
    position bigint primary key check (position > 0),
    hash bytea not null check (octet_length(hash) = 32)
);

create trigger append_only before update or delete on log.tree
    for each row execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.tree
    for each statement execute function log.refuse_change();
create trigger append_only before update or delete on log.root
    for each row execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.root
    for each statement execute function log.refuse_change();
