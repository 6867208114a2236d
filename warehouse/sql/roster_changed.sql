SELECT EXISTS (FROM (SELECT unit_name, unit_code, aliases, parent_name, department, region, division, contact, deadline, extension_until, profile, expected_forms FROM incoming_roster)
               EXCEPT ALL FROM raw.roster)
    OR (SELECT count(*) FROM incoming_roster) <> (SELECT count(*) FROM raw.roster);
