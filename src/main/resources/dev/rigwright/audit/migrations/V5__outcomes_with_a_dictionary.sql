-- The frames of outcomes leave out what stands in a dictionary from here on, which they name; what lies in the log
-- without one stays as it is and is read as before. Nothing in the tables changes: the number keeps older programs from
-- reading what they cannot.

PRAGMA user_version = 5;
