-- A province's worth of reports: $reports forms of 25 indicators, 4 budget lines, 6 statements, 3 relations, 4 sections.
-- About one row in fifty carries a fault. Table bench(reports) is one row.
INSERT INTO raw.submissions BY NAME
SELECT 's' || n AS submission_id, 'unit' || n || '.docx' AS file_name, 'in/unit' || n || '.docx' AS file_path, sha256(n::VARCHAR) AS sha256,
       20000 AS size_bytes, TIMESTAMP '2025-03-01 09:00:00' AS received_at, 'docx' AS format, 'docx' AS reader, 'accepted' AS outcome,
       0.1 AS seconds, '1' AS extractor_version, 'bench' AS run_id
FROM range((SELECT reports FROM bench)) AS t(n);

INSERT INTO core.reports BY NAME
SELECT 's' || n || '-1' AS report_id, 's' || n AS submission_id, 1 AS form_no, 'unit' || n || '|2024|overall||form' AS report_key, 'form' AS kind,
       'overall' AS scope, 'standard' AS template,
       (['咸宁市', '南昌市', '株洲市', '成都市', '合肥市', '昆明市', '保定市', '银川市', '上海市', '乌鲁木齐市'])[n % 10 + 1] || '某局' || n AS unit_name,
       2024 AS fiscal_year, 100 AS max_score_total, CASE WHEN n % 50 = 0 THEN 93 ELSE 95.5 END AS reported_score_total, '万元' AS money_unit,
       ['budget', 'goals', 'indicators', 'total', 'reasons', 'narrative'] AS has_blocks,
       repeat('本单位认真履行职责，完成年度各项任务，预算执行率96%，按照要求公开自评结果，接受社会监督。第' || n || '号单位。', 20) AS narrative_text,
       1.0 AS confidence, '表1' AS place, '{}' AS location
FROM range((SELECT reports FROM bench)) AS t(n);

INSERT INTO core.budget_lines BY NAME
SELECT 's' || n || '-1' AS report_id, k + 1 AS line_no,
       (['年度资金总额', '其中：当年财政拨款', '上年结转资金', '其他资金'])[k + 1] AS label, (['total', 'source', 'carryover', 'source'])[k + 1] AS role,
       k = 0 AS is_total, CASE WHEN k > 0 THEN 1 END AS parent_line_no,
       ([1000000, 900000, 100000, 0])[k + 1] AS initial_budget_yuan, ([1000000, 900000, 100000, 0])[k + 1] AS adjusted_budget_yuan,
       ([960000, 860000, 100000, 0])[k + 1] + CASE WHEN n % 50 = k THEN 100000 ELSE 0 END AS executed_yuan,
       CASE k WHEN 0 THEN 0.96 END AS reported_execution_rate, CASE k WHEN 0 THEN 10 END AS max_score, CASE k WHEN 0 THEN 9.6 END AS reported_score,
       '万元' AS money_unit, 100 AS money_step_yuan, 0.0001 AS rate_step,
       {'label': '年度资金总额', 'initial_budget': '100', 'adjusted_budget': '100', 'executed': '96', 'execution_rate': '96%', 'max_score': '10', 'reported_score': '9.6'} AS texts,
       {'label': '表1 第3行', 'initial_budget': '表1 第3行', 'adjusted_budget': '表1 第3行', 'executed': '表1 第3行', 'execution_rate': '表1 第3行', 'max_score': '表1 第3行', 'reported_score': '表1 第3行'} AS places,
       {'label': '{}', 'initial_budget': '{}', 'adjusted_budget': '{}', 'executed': '{}', 'execution_rate': '{}', 'max_score': '{}', 'reported_score': '{}'} AS locations,
       '表1 第3行' AS place, '{}' AS location
FROM range((SELECT reports FROM bench)) AS t(n), range(4) AS l(k);

INSERT INTO core.indicators BY NAME
WITH rows_of AS (
  SELECT n, k, (n * 31 + k * 7) % 100 AS die, k % 5 = 4 AS is_words, k % 3 = 0 AS is_rate FROM range((SELECT reports FROM bench)) AS t(n), range(25) AS i(k)
), figures AS (
  SELECT *, CASE WHEN is_rate THEN 0.95 ELSE 100 + k END AS target, CASE WHEN die < 8 THEN 0.9 ELSE 1 END AS share FROM rows_of
)
SELECT 's' || n || '-1' AS report_id, k + 1 AS row_no, 'form' AS source, 'indicator' AS row_kind,
       CASE WHEN k < 14 THEN '产出指标' WHEN k < 22 THEN '效益指标' ELSE '满意度指标' END AS level1,
       (['数量指标', '质量指标', '时效指标', '成本指标', '社会效益指标'])[k % 5 + 1] AS level2,
       '某项工作完成情况' || k || CASE WHEN is_rate THEN '合格率' ELSE '数量' END AS name,
       CASE WHEN k < 14 THEN 'output' WHEN k < 22 THEN 'outcome' ELSE 'satisfaction' END AS level1_code,
       (['quantity', 'quality', 'timeliness', 'cost', 'social'])[k % 5 + 1] AS dimension, 'unknown' AS direction,
       CASE WHEN is_words THEN '有效提升' WHEN is_rate THEN '≥95%' ELSE (100 + k) || '个' END AS target_text,
       CASE WHEN is_words THEN '有效提升' WHEN is_rate THEN plain((target * share * 100)::DECIMAL(18,2)) || '%' ELSE plain((target * share)::DECIMAL(18,2)) || '个' END AS actual_text,
       CASE WHEN is_words THEN NULL WHEN is_rate THEN 'GE' ELSE 'EQ' END AS comparator,
       CASE WHEN is_words THEN 'qualitative' ELSE 'number' END AS target_kind, CASE WHEN is_words THEN 'qualitative' ELSE 'number' END AS actual_kind,
       CASE WHEN NOT is_words THEN target END AS target_value, CASE WHEN NOT is_words THEN target END AS target_low, CASE WHEN NOT is_words THEN target END AS target_high,
       CASE WHEN NOT is_words THEN target * share END AS actual_value, CASE WHEN NOT is_words THEN target * share END AS actual_low, CASE WHEN NOT is_words THEN target * share END AS actual_high,
       0.01 AS target_step, 0.01 AS actual_step, 1 AS target_base, 1 AS actual_base,
       CASE WHEN is_rate THEN '%' ELSE '个' END AS target_unit, CASE WHEN is_rate THEN '%' ELSE '个' END AS actual_unit,
       CASE WHEN is_rate THEN 'percent' ELSE 'count:个' END AS target_dimension, CASE WHEN is_rate THEN 'percent' ELSE 'count:个' END AS actual_dimension,
       CASE WHEN is_rate THEN '%' ELSE '个' END AS unit, 3.6 AS max_score,
       CASE WHEN die < 2 THEN 3.6 WHEN die < 8 AND NOT is_words THEN 3.24 ELSE 3.6 END AS reported_score, FALSE AS is_placeholder,
       CASE WHEN die < 8 AND die > 4 THEN '受天气影响推迟' ELSE '' END AS variance_reason, 1.0 AS confidence,
       {'level1': '', 'level2': '', 'name': 'x', 'target': '100', 'actual': '100', 'max_score': '3.6', 'reported_score': '3.6', 'variance_reason': ''} AS texts,
       {'level1': '表1', 'level2': '表1', 'name': '表1', 'target': '表1 第' || k || '行', 'actual': '表1 第' || k || '行', 'max_score': '表1', 'reported_score': '表1', 'variance_reason': '表1'} AS places,
       {'level1': '{}', 'level2': '{}', 'name': '{}', 'target': '{}', 'actual': '{}', 'max_score': '{}', 'reported_score': '{}', 'variance_reason': '{}'} AS locations,
       '表1 第' || k || '行' AS place, '{}' AS location
FROM figures;

INSERT INTO core.score_groups BY NAME
SELECT 's' || n || '-1' AS report_id, g + 1 AS group_no, CASE g WHEN 3 THEN 'total' ELSE 'level1' END AS kind,
       (['产出指标', '效益指标', '满意度指标', '总分'])[g + 1] AS label, 'form' AS source,
       ([50.4, 28.8, 10.8, 100])[g + 1] AS max_score, CASE g WHEN 3 THEN 95.5 END AS reported_score,
       CASE g WHEN 0 THEN range(1, 15) WHEN 1 THEN range(15, 23) WHEN 2 THEN range(23, 26) ELSE [] END AS members, '表1' AS place, '{}' AS location
FROM range((SELECT reports FROM bench)) AS t(n), range(4) AS s(g);

INSERT INTO core.statements BY NAME
SELECT 's' || n || '-1' AS report_id, k + 1 AS statement_no,
       (['全年预算数', '全年执行数', '预算执行率', '培训人次', '在职人员', '编制'])[k + 1] AS subject,
       (['amount', 'amount', 'rate', 'count', 'staff', 'posts'])[k + 1] AS quantity, CASE k WHEN 3 THEN 'actual' ELSE 'plain' END AS role,
       ([100, 96, 0.96, 120, 40, 45])[k + 1] AS value, (['万元', '万元', '%', '人次', '人', '名'])[k + 1] AS unit,
       CASE WHEN k < 2 THEN ([1000000, 960000])[k + 1] END AS value_yuan, 1 AS step, 2024 AS year, 'budget' AS section,
       CASE k WHEN 3 THEN 2 END AS indicator_row_no, CASE k WHEN 3 THEN 0.95 END AS match_score,
       '100万元' AS printed, '全年预算数100万元，执行数96万元，执行率96%，培训120人次。' AS text, '第3段' AS place, '{}' AS location
FROM range((SELECT reports FROM bench)) AS t(n), range(6) AS s(k);

INSERT INTO core.relations BY NAME
SELECT 's' || n || '-1' AS report_id, k + 1 AS relation_no, (['sum', 'ratio', 'sum'])[k + 1] AS kind, (['nature', 'execution', 'items'])[k + 1] AS topic,
       (['全年支出', '预算执行率', '专项支出'])[k + 1] AS subject, CASE k WHEN 1 THEN 0.96 ELSE 960000 + CASE WHEN n % 50 = 1 THEN 100 ELSE 0 END END AS stated,
       CASE k WHEN 1 THEN [960000, 1000000] ELSE [600000, 360000] END AS terms, CASE k WHEN 1 THEN '元' ELSE '元' END AS unit,
       CASE k WHEN 1 THEN 100 ELSE 100 END AS step, CASE k WHEN 1 THEN 0.01 ELSE 100 END AS stated_step,
       '60万元 + 36万元' AS formula, '全年支出96万元，其中基本支出60万元、项目支出36万元。' AS text, '第4段' AS place, '{}' AS location
FROM range((SELECT reports FROM bench)) AS t(n), range(3) AS s(k);

INSERT INTO core.sections BY NAME
SELECT 's' || n || '-1' AS report_id, k + 1 AS section_no, (['一、单位概况', '二、履职效果', '三、存在问题', '四、改进措施'])[k + 1] AS heading,
       (['overview', 'effect', 'problems', 'measures'])[k + 1] AS kind,
       repeat('第' || n || '号单位在本年度开展了有关工作，成效明显，但预算执行进度偏慢。', 6) AS text, '第5段' AS place, '{}' AS location
FROM range((SELECT reports FROM bench)) AS t(n), range(4) AS s(k);
