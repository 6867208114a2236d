-- The rules of the last judging make room for those of this one.
DELETE FROM judge.check_rules;
DELETE FROM judge.profile_rules;
