-- Whether what began at one position and ended at another (null: it has not) holds at a third. It is written out where it is
-- called, before the statement is planned, so indexes serve it as they would serve what it stands for.
create function log.holds(p_since bigint, p_until bigint, p_position bigint) returns boolean immutable parallel safe language sql
return p_since <= p_position and (p_until is null or p_until > p_position);
