SELECT status AS name, count(*) AS number FROM out.submissions GROUP BY status ORDER BY status
