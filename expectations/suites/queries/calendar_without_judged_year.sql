-- 报送日历没有所评年度，请补充
SELECT s.fiscal_year FROM judge.scope AS s
WHERE s.fiscal_year IS NOT NULL AND EXISTS (FROM {batch}) AND s.fiscal_year NOT IN (SELECT fiscal_year FROM {batch})
