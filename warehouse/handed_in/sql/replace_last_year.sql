-- Last year's rows handed in again replace the earlier ones, year by year.
DELETE FROM raw.last_indicators WHERE last_report_id IN (FROM (SELECT last_report_id FROM raw.last_reports SEMI JOIN incoming_last_reports USING (fiscal_year)));
DELETE FROM raw.last_statements WHERE last_report_id IN (FROM (SELECT last_report_id FROM raw.last_reports SEMI JOIN incoming_last_reports USING (fiscal_year)));
DELETE FROM raw.last_sections   WHERE last_report_id IN (FROM (SELECT last_report_id FROM raw.last_reports SEMI JOIN incoming_last_reports USING (fiscal_year)));
DELETE FROM raw.last_findings   WHERE last_report_id IN (FROM (SELECT last_report_id FROM raw.last_reports SEMI JOIN incoming_last_reports USING (fiscal_year)));
DELETE FROM raw.last_reports    WHERE fiscal_year IN (SELECT fiscal_year FROM incoming_last_reports);
INSERT INTO raw.last_reports    BY NAME FROM incoming_last_reports;
INSERT INTO raw.last_indicators BY NAME FROM incoming_last_indicators;
INSERT INTO raw.last_statements BY NAME FROM incoming_last_statements;
INSERT INTO raw.last_sections   BY NAME FROM incoming_last_sections;
INSERT INTO raw.last_findings   BY NAME FROM incoming_last_findings;
