-- What the checks and scores look at: the same columns as core.*, restricted to the reports that count: submission
-- accepted and no duplicate, not superseded, of the judged year (judge.scope; NULL: every year). A report that does not
-- state its year is judged, too: else nobody would ever see it.
CREATE SCHEMA IF NOT EXISTS active;

CREATE OR REPLACE VIEW active.reports AS
  SELECT r.*
  FROM core.reports r
  JOIN raw.submissions s ON s.submission_id = r.submission_id
  WHERE s.outcome = 'accepted' AND s.duplicate_of IS NULL AND r.superseded_by IS NULL
    AND coalesce(r.fiscal_year = (SELECT fiscal_year FROM judge.scope), true);

CREATE OR REPLACE VIEW active.header_fields AS FROM core.header_fields SEMI JOIN active.reports USING (report_id);
CREATE OR REPLACE VIEW active.budget_lines  AS FROM core.budget_lines  SEMI JOIN active.reports USING (report_id);
CREATE OR REPLACE VIEW active.indicators    AS FROM core.indicators    SEMI JOIN active.reports USING (report_id);
CREATE OR REPLACE VIEW active.score_groups  AS FROM core.score_groups  SEMI JOIN active.reports USING (report_id);
CREATE OR REPLACE VIEW active.statements    AS FROM core.statements    SEMI JOIN active.reports USING (report_id);
CREATE OR REPLACE VIEW active.relations     AS FROM core.relations     SEMI JOIN active.reports USING (report_id);
CREATE OR REPLACE VIEW active.sections      AS FROM core.sections      SEMI JOIN active.reports USING (report_id);
CREATE OR REPLACE VIEW active.paragraphs    AS FROM core.paragraphs    SEMI JOIN active.reports USING (report_id);
CREATE OR REPLACE VIEW active.unread        AS FROM core.unread        SEMI JOIN active.reports USING (report_id);
CREATE OR REPLACE VIEW active.doubts        AS FROM core.doubts        SEMI JOIN active.reports USING (report_id);
