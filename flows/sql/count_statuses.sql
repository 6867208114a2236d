SELECT status AS name, count(*) AS number FROM out.submissions WHERE NOT is_bundle GROUP BY status ORDER BY status
