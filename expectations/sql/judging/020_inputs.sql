-- Which inputs beside the report are missing, with the reason a reviewer reads.
INSERT INTO missing_inputs
SELECT 'roster', '未提供单位名册' WHERE NOT EXISTS (FROM raw.roster)
UNION ALL
SELECT 'last_year', '库中没有上一年度的自评报告'
WHERE NOT EXISTS (FROM raw.last_reports)
  AND NOT EXISTS (SELECT 1 FROM core.reports AS r
                  WHERE r.superseded_by IS NULL AND r.fiscal_year < (SELECT max(fiscal_year) FROM active.reports))
UNION ALL
SELECT 'budget', '未提供批复的预算和绩效目标'
WHERE NOT EXISTS (FROM raw.approved_budgets) AND NOT EXISTS (FROM raw.approved_targets)
UNION ALL
SELECT 'accounts', '未提供部门决算' WHERE NOT EXISTS (FROM raw.final_accounts);
