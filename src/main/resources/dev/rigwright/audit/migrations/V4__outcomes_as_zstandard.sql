-- Outcomes are packed as Zstandard frames from here on; what lies in the log as a zlib stream stays as it is and is
-- read as before. Nothing in the tables changes: the number keeps older programs from reading what they cannot.

PRAGMA user_version = 4;
