-- A table handed in again replaces its earlier rows, year by year.
DELETE FROM raw.approved_targets WHERE fiscal_year IN (SELECT fiscal_year FROM incoming_approved_targets);
INSERT INTO raw.approved_targets BY NAME FROM incoming_approved_targets;
