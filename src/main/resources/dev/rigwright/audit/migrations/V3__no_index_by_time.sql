-- Records are gone through in their order, and those of a time picked out on the way: no query ever used this index,
-- and each record paid a page for it.
DROP INDEX record_at;

PRAGMA user_version = 3;
