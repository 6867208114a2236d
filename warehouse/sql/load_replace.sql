-- A submission that is read again replaces what it gave before. Runs only when one is known already.
DELETE FROM core.header_fields WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM core.budget_lines  WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM core.indicators    WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM core.score_groups  WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM core.statements    WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM core.relations     WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM core.sections      WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM core.paragraphs    WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM core.unread        WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM core.doubts        WHERE report_id IN (SELECT report_id FROM core.reports SEMI JOIN incoming_submissions USING (submission_id));
DELETE FROM raw.unit_matches   WHERE submission_id IN (SELECT submission_id FROM incoming_submissions);
DELETE FROM core.reports       WHERE submission_id IN (SELECT submission_id FROM incoming_submissions);
DELETE FROM raw.submissions    WHERE submission_id IN (SELECT submission_id FROM incoming_submissions);
