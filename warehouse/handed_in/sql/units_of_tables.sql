-- Every unit of every table handed in, as printed there.
SELECT 'approved_budgets' AS kind, unit_name, unit_code, region FROM raw.approved_budgets
UNION SELECT 'approved_targets', unit_name, unit_code, region FROM raw.approved_targets
UNION SELECT 'final_accounts', unit_name, unit_code, region FROM raw.final_accounts
UNION SELECT 'last_year', unit_name, unit_code, region FROM raw.last_reports
ORDER BY ALL;
