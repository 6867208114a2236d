-- The slice's scores, into the warehouse, in the order of the reports.
INSERT INTO judge.report_profiles BY NAME FROM slice.judge.report_profiles ORDER BY report_id;
INSERT INTO judge.scored_items BY NAME FROM slice.judge.scored_items ORDER BY report_id, item_key;
INSERT INTO judge.budget_scores BY NAME FROM slice.judge.budget_scores ORDER BY report_id, line_no;
INSERT INTO judge.indicator_scores BY NAME FROM slice.judge.indicator_scores ORDER BY report_id, row_no;
INSERT INTO judge.report_scores BY NAME FROM slice.judge.report_scores ORDER BY report_id;
