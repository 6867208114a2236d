SELECT EXISTS (FROM (SELECT submission_id, report_id, unit_name, roster_unit_name, roster_region, how, score FROM incoming_matches)
               EXCEPT ALL FROM raw.unit_matches)
    OR (SELECT count(*) FROM incoming_matches) <> (SELECT count(*) FROM raw.unit_matches);
