SELECT * FROM out.review_queue ORDER BY priority DESC, unit, finding_id LIMIT ?;
