-- A table handed in again replaces its earlier rows, year by year.
DELETE FROM raw.final_accounts WHERE fiscal_year IN (SELECT fiscal_year FROM incoming_final_accounts);
INSERT INTO raw.final_accounts BY NAME FROM incoming_final_accounts;
