-- A table handed in again replaces its earlier rows, year by year.
DELETE FROM raw.approved_budgets WHERE fiscal_year IN (SELECT fiscal_year FROM incoming_approved_budgets);
INSERT INTO raw.approved_budgets BY NAME FROM incoming_approved_budgets;
