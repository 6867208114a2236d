-- Which slice every report is judged in: so many reports at a time, in the order in which they were loaded, because
-- then a slice's rows lie together in every table. Reports with the same key stay in one slice: their findings are
-- numbered together. Variable reports_per_slice is set.
CREATE OR REPLACE TABLE staging.slice_plan AS
WITH ordered AS (
  SELECT c.report_id, min(c.rowid) OVER (PARTITION BY c.report_key) AS first_row
  FROM core.reports AS c SEMI JOIN active.reports AS a ON a.report_id = c.report_id
)
SELECT report_id, (row_number() OVER (ORDER BY report_id))::INTEGER AS report_no,
       (dense_rank() OVER (ORDER BY first_row) - 1) // getvariable('reports_per_slice') AS slice_no FROM ordered;

-- Between which rows of a table a slice lies; reports loaded later than their like only make the stretch longer.
CREATE OR REPLACE TABLE staging.slice_rows AS
SELECT 'header_fields' AS table_name, slice_no, min(t.rowid) AS first_row, max(t.rowid) AS last_row FROM core.header_fields AS t JOIN slice_plan USING (report_id) GROUP BY slice_no
UNION ALL
SELECT 'budget_lines', slice_no, min(t.rowid), max(t.rowid) FROM core.budget_lines AS t JOIN slice_plan USING (report_id) GROUP BY slice_no
UNION ALL
SELECT 'indicators', slice_no, min(t.rowid), max(t.rowid) FROM core.indicators AS t JOIN slice_plan USING (report_id) GROUP BY slice_no
UNION ALL
SELECT 'score_groups', slice_no, min(t.rowid), max(t.rowid) FROM core.score_groups AS t JOIN slice_plan USING (report_id) GROUP BY slice_no
UNION ALL
SELECT 'statements', slice_no, min(t.rowid), max(t.rowid) FROM core.statements AS t JOIN slice_plan USING (report_id) GROUP BY slice_no
UNION ALL
SELECT 'relations', slice_no, min(t.rowid), max(t.rowid) FROM core.relations AS t JOIN slice_plan USING (report_id) GROUP BY slice_no
UNION ALL
SELECT 'sections', slice_no, min(t.rowid), max(t.rowid) FROM core.sections AS t JOIN slice_plan USING (report_id) GROUP BY slice_no
UNION ALL
SELECT 'unread', slice_no, min(t.rowid), max(t.rowid) FROM core.unread AS t JOIN slice_plan USING (report_id) GROUP BY slice_no
UNION ALL
SELECT 'doubts', slice_no, min(t.rowid), max(t.rowid) FROM core.doubts AS t JOIN slice_plan USING (report_id) GROUP BY slice_no;
