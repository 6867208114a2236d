-- A province's worth of reports as they come: a form of 25 indicators in 13 score groups, 5 budget lines, a narrative
-- of about 2,700 characters in 12 sections with 60 figures and 8 claims that can be recomputed, a roster, last year's report for one
-- unit in five. About one row in fifty carries a fault; texts differ from unit to unit as far as real ones do
-- (common turns, own names and figures), and one unit in thirty has a section of its neighbour's.
-- Table bench(first, past, narrated), one row: the units that are made, and that one report in `narrated` has a narrative. Identifiers are hashes, as in a real warehouse: rows lie by batch, not by identifier.
CREATE OR REPLACE TEMP MACRO pick(words, seed) AS words[1 + (hash(seed) % len(words))::INTEGER];
CREATE OR REPLACE TEMP MACRO drawn(seed, bound) AS (hash(seed) % bound)::INTEGER;
CREATE OR REPLACE TEMP MACRO syllable(seed) AS
  substr('东西南北中山水河湖海林田村镇城乡路桥园区学医文体农工商贸交电气粮水土地矿产环保绿化安监消防急救疫苗老幼残儿童妇女青年工会科技信息网络数据档案史志广播影视书馆博物展览旅游景点古迹文物非遗戏曲歌舞美术书法音乐体操球类田径游泳冬训竞赛夏令',
         1 + drawn(seed, 110), 2);
CREATE OR REPLACE TEMP MACRO noun(seed) AS syllable(seed * 64 + 50) || syllable(seed * 64 + 51);
CREATE OR REPLACE TEMP MACRO figure(seed) AS (10 + drawn(seed, 990));
CREATE OR REPLACE TEMP MACRO sentence(seed) AS
  pick(['围绕', '针对', '按照', '结合', '依托', '聚焦', '对照'], seed * 64 + 1) || noun(seed * 64 + 2)
  || pick(['年度工作要点，', '的实际需要，', '重点任务清单，', '民生实事项目，', '建设三年行动方案，'], seed * 64 + 3)
  || pick(['全年共组织', '累计完成', '先后开展', '新增', '实际建成', '整治提升'], seed * 64 + 4) || noun(seed * 64 + 5) || figure(seed * 64 + 6)
  || pick(['个', '次', '处', '人次', '户', '公里'], seed * 64 + 7) || '，'
  || pick(['较上年增长', '完成年度目标的', '合格率达到', '覆盖率为', '占全部任务的'], seed * 64 + 8) || (50 + drawn(seed * 64 + 9, 50)) || '%，'
  || pick(['投入资金', '支出', '兑付补助', '落实经费'], seed * 64 + 10) || figure(seed * 64 + 11) || '.' || drawn(seed * 64 + 12, 90) || '万元'
  || pick(['，群众反映良好。', '，进度总体正常。', '，但' || noun(seed * 64 + 13) || '环节仍需加强。', '，为' || noun(seed * 64 + 13) || '提供了保障。', '。'], seed * 64 + 14);

CREATE OR REPLACE TEMP TABLE bench_reports AS
SELECT n, fiscal_year, left(sha256(n || '/' || fiscal_year), 16) AS submission_id, left(sha256(n || '/' || fiscal_year), 16) || '-1' AS report_id,
       (['咸宁市', '南昌市', '株洲市', '成都市', '合肥市', '昆明市', '保定市', '银川市', '上海市', '乌鲁木齐市'])[n % 10 + 1] AS region,
       (['咸宁市', '南昌市', '株洲市', '成都市', '合肥市', '昆明市', '保定市', '银川市', '上海市', '乌鲁木齐市'])[n % 10 + 1]
         || noun(n) || n || (['局', '中心', '委员会', '办公室'])[n % 4 + 1] AS unit_name,
       n % (SELECT narrated FROM bench) = 0 AS is_narrated
FROM (SELECT n, 2024 AS fiscal_year FROM range((SELECT first FROM bench), (SELECT past FROM bench)) AS t(n)
      UNION ALL SELECT n, 2023 FROM range((SELECT first FROM bench), (SELECT past FROM bench)) AS t(n) WHERE n % 5 = 0)
ORDER BY fiscal_year, n;

INSERT INTO raw.submissions BY NAME
SELECT submission_id, unit_name || '.docx' AS file_name, fiscal_year || '/' || unit_name || '.docx' AS file_path, sha256(submission_id) AS sha256,
       20000 AS size_bytes, make_timestamp(fiscal_year + 1, 3, 1, 9, 0, 0) AS received_at, 'docx' AS format, 'docx' AS reader, 'accepted' AS outcome,
       0.1 AS seconds, '1' AS extractor_version, 'bench' AS run_id
FROM bench_reports ORDER BY fiscal_year, n;

INSERT INTO raw.roster BY NAME
SELECT unit_name, 'U' || n AS unit_code, CASE WHEN n % 10 <> n THEN FIRST_VALUE(unit_name) OVER (PARTITION BY n // 200, n % 10 ORDER BY n) END AS parent_name,
       region, '第' || n % 7 || '科' AS division, DATE '2025-03-31' AS deadline, 1 AS expected_forms
FROM bench_reports WHERE fiscal_year = 2024 ORDER BY n;

INSERT INTO raw.unit_matches BY NAME
SELECT submission_id, report_id, unit_name, unit_name AS roster_unit_name, region AS roster_region, 'exact' AS how, 1.0 AS score
FROM bench_reports ORDER BY fiscal_year, n;

INSERT INTO core.sections BY NAME
WITH parts AS (
  SELECT n, fiscal_year, report_id, k,
         ((CASE WHEN n % 30 = 0 AND k = 4 THEN n + 1 ELSE n END * 2 + CASE WHEN n % 25 = 0 THEN 0 ELSE fiscal_year % 2 END) * 12 + k) * 8 AS seed
  FROM bench_reports, range(12) AS s(k) WHERE is_narrated
)
SELECT report_id, k + 1 AS section_no,
       (['一、部门概况', '（一）机构设置', '（二）绩效目标', '二、预算执行情况', '（一）资金安排', '（二）支出情况', '三、绩效目标完成情况', '（一）产出', '（二）效益', '（三）满意度', '四、存在的问题', '五、改进措施'])[k + 1] AS heading,
       (['overview', 'overview', 'goals', 'budget', 'budget', 'completion', 'completion', 'completion', 'effect', 'satisfaction', 'problems', 'measures'])[k + 1] AS kind,
       CASE WHEN k IN (3, 6) THEN '' ELSE concat(sentence(seed), sentence(seed + 1), sentence(seed + 2), sentence(seed + 3), CASE WHEN n % 3 <> k % 3 THEN sentence(seed + 4) ELSE '' END,
            CASE k WHEN 5 THEN '全年预算数' || figure(seed) || '万元，执行数' || figure(seed) || '万元，预算执行率96%。' WHEN 9 THEN '发放问卷' || figure(seed) || '份，满意度95%。' WHEN 2 THEN '目标1：完成' || noun(seed) || '；目标2：群众满意度达到90%以上。' ELSE '' END) END AS text,
       '第' || 3 * k + 2 || '段' AS place, '{"paragraph": ' || 3 * k + 2 || ', "line": ' || 3 * k + 2 || '}' AS location
FROM parts ORDER BY fiscal_year, n, k;

INSERT INTO core.reports BY NAME
SELECT b.report_id, b.submission_id, 1 AS form_no, b.unit_name || '|' || b.fiscal_year || '|overall||form' AS report_key, 'form' AS kind,
       'overall' AS scope, 'standard' AS template, b.unit_name, b.fiscal_year, 100 AS max_score_total,
       CASE WHEN n % 50 = 0 THEN 93 ELSE 95.5 END AS reported_score_total, CASE WHEN n % 3 = 0 THEN '优' END AS reported_grade, '万元' AS money_unit,
       ['budget', 'goals', 'indicators', 'total', 'reasons'] || CASE WHEN is_narrated THEN ['narrative'] ELSE [] END AS has_blocks,
       coalesce(t.narrative_text, '') AS narrative_text, 1.0 AS confidence, '表1' AS place, '{"table": 0}' AS location
FROM bench_reports AS b
LEFT JOIN (SELECT report_id, string_agg(heading || chr(10) || text, chr(10) ORDER BY section_no) AS narrative_text FROM core.sections GROUP BY report_id) AS t USING (report_id)
ORDER BY b.fiscal_year, n;

INSERT INTO core.header_fields BY NAME
SELECT report_id, (['unit_name', 'supervisor', 'goal_target', 'goal_actual', 'filled_on'])[k + 1] AS field, (['单位名称', '主管部门', '预期目标', '实际完成情况', '填报日期'])[k + 1] AS label,
       CASE k WHEN 0 THEN unit_name WHEN 1 THEN region || '财政局' WHEN 4 THEN '2025年3月1日' ELSE sentence(-8 * n - k) END AS text,
       '表1 第' || k + 1 || '行' AS place, '{"table": 0, "row": ' || k || ', "column": 1}' AS location
FROM bench_reports, range(5) AS f(k) ORDER BY fiscal_year, n, k;

INSERT INTO core.budget_lines BY NAME
SELECT report_id, k + 1 AS line_no,
       (['年度资金总额', '其中：当年财政拨款', '上年结转资金', '其他资金', '其中：基本支出'])[k + 1] AS label, (['total', 'source', 'carryover', 'source', 'nature_basic'])[k + 1] AS role,
       k = 0 AS is_total, CASE WHEN k > 0 THEN 1 END AS parent_line_no,
       ([1000000, 900000, 100000, 0, 400000])[k + 1] + n % 7 * ([30000, 30000, 0, 0, 0])[k + 1] AS initial_budget_yuan,
       ([1000000, 900000, 100000, 0, 400000])[k + 1] AS adjusted_budget_yuan,
       ([960000, 860000, 100000, 0, 390000])[k + 1] + CASE WHEN n % 50 = k THEN 100000 ELSE 0 END AS executed_yuan,
       CASE k WHEN 0 THEN 0.96 END AS reported_execution_rate, CASE k WHEN 0 THEN 10 END AS max_score, CASE k WHEN 0 THEN 9.6 END AS reported_score,
       '万元' AS money_unit, 100 AS money_step_yuan, 0.0001 AS rate_step,
       {'label': '年度资金总额', 'initial_budget': '100', 'adjusted_budget': '100', 'executed': '96', 'execution_rate': '96%', 'max_score': '10', 'reported_score': '9.6'} AS texts,
       {'label': '表1 第3行', 'initial_budget': '表1 第3行「年初预算数」', 'adjusted_budget': '表1 第3行「全年预算数」', 'executed': '表1 第3行「全年执行数」', 'execution_rate': '表1 第3行「执行率」', 'max_score': '表1 第3行「分值」', 'reported_score': '表1 第3行「得分」'} AS places,
       {'label': '{"table": 0, "row": 3, "column": 0}', 'initial_budget': '{"table": 0, "row": 3, "column": 2}', 'adjusted_budget': '{"table": 0, "row": 3, "column": 3}', 'executed': '{"table": 0, "row": 3, "column": 4}', 'execution_rate': '{"table": 0, "row": 3, "column": 6}', 'max_score': '{"table": 0, "row": 3, "column": 5}', 'reported_score': '{"table": 0, "row": 3, "column": 7}'} AS locations,
       '表1 第' || 3 + k || '行' AS place, '{"table": 0, "row": ' || 3 + k || '}' AS location
FROM bench_reports, range(5) AS l(k) ORDER BY fiscal_year, n, k;

INSERT INTO core.indicators BY NAME
WITH rows_of AS (
  SELECT n, fiscal_year, report_id, k, (n * 31 + k * 7) % 100 AS die, k % 5 = 4 AS is_words, k % 3 = 0 AS is_rate FROM bench_reports, range(25) AS i(k)
), figures AS (
  SELECT *, CASE WHEN is_rate THEN 0.95 ELSE 100 + k END AS target, CASE WHEN die < 8 THEN 0.9 ELSE 1 END AS share,
         '表1 第' || k + 8 || '行' AS row_place, '{"table": 0, "row": ' || k + 8 || ', "column": ' AS cell
  FROM rows_of
)
SELECT report_id, k + 1 AS row_no, 'form' AS source, 'indicator' AS row_kind,
       CASE WHEN k < 14 THEN '产出指标' WHEN k < 22 THEN '效益指标' ELSE '满意度指标' END AS level1,
       (['数量指标', '质量指标', '时效指标', '成本指标', '社会效益指标'])[k % 5 + 1] AS level2,
       CASE WHEN k = 23 THEN '服务对象满意度' WHEN k IN (6, 12) THEN pick(['资金支付及时率', '项目验收合格率', '任务按期完成率', '政策知晓率', '投诉处理率'], n * 2 + k) WHEN is_rate THEN noun(n * 100 + k) || syllable(n * 100 + k + 70) || '合格率' ELSE noun(n * 100 + k) || syllable(n * 100 + k + 70) || pick(['数量', '场次', '完成数', '培训人数', '建设里程'], n * 25 + k) END AS name,
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
       CASE WHEN die < 8 AND die > 4 THEN '受' || noun(n * 100 + 50 + k) || '影响，进度推迟，将在下年度完成' ELSE '' END AS variance_reason, 1.0 AS confidence,
       {'level1': '', 'level2': '', 'name': 'x', 'target': '100', 'actual': '100', 'max_score': '3.6', 'reported_score': '3.6', 'variance_reason': ''} AS texts,
       {'level1': '表1', 'level2': '表1', 'name': row_place || '「三级指标」', 'target': row_place || '「年度指标值」', 'actual': row_place || '「实际完成值」', 'max_score': row_place || '「分值」', 'reported_score': row_place || '「得分」', 'variance_reason': row_place || '「偏差原因分析及改进措施」'} AS places,
       {'level1': cell || '0}', 'level2': cell || '1}', 'name': cell || '2}', 'target': cell || '3}', 'actual': cell || '4}', 'max_score': cell || '5}', 'reported_score': cell || '6}', 'variance_reason': cell || '7}'} AS locations,
       row_place AS place, cell || '2}' AS location
FROM figures ORDER BY fiscal_year, n, k;

INSERT INTO core.score_groups BY NAME
SELECT report_id, g + 1 AS group_no, CASE WHEN g = 3 THEN 'total' WHEN g < 3 THEN 'level1' ELSE 'level2' END AS kind,
       CASE WHEN g < 4 THEN (['产出指标', '效益指标', '满意度指标', '总分'])[g + 1] ELSE (['数量指标', '质量指标', '时效指标', '成本指标', '社会效益指标'])[g % 5 + 1] END AS label, 'form' AS source,
       CASE WHEN g < 4 THEN ([50.4, 28.8, 10.8, 100])[g + 1] END AS max_score, CASE g WHEN 3 THEN 95.5 END AS reported_score,
       CASE g WHEN 0 THEN range(1, 15) WHEN 1 THEN range(15, 23) WHEN 2 THEN range(23, 26) WHEN 3 THEN [] ELSE [g - 3, g + 2] END AS members, '表1 第8行' AS place, '{"table": 0, "row": 8, "column": 0}' AS location
FROM bench_reports, range(13) AS s(g) ORDER BY fiscal_year, n, g;

INSERT INTO core.statements BY NAME
WITH kinds AS (
  -- Twice in twelve a figure tells an indicator's target or actual again, nearly always the same.
  SELECT *, k % 6 AS kind, k > 5 AND k % 12 IN (3, 9) AS is_linked,
         CASE WHEN k > 5 AND k % 12 IN (3, 9) AND n % 40 <> 0 THEN 101 + 3 * (k // 12) ELSE figure((n * 2 + fiscal_year % 2) * 64 + k) END AS amount FROM bench_reports, range(60) AS s(k) WHERE is_narrated
), sentences AS (
  SELECT report_id, j, sentence(((n * 2 + fiscal_year % 2) * 12 + j // 2) * 8 + j % 2) AS text FROM bench_reports, range(20) AS s(j)
)
SELECT kinds.report_id, k + 1 AS statement_no,
       CASE WHEN k < 6 THEN (['全年预算数', '全年执行数', '预算执行率', '培训人次', '在职人员', '编制'])[k + 1] ELSE noun(n * 64 + k) END AS subject,
       CASE WHEN k < 6 THEN (['amount', 'amount', 'rate', 'count', 'staff', 'posts'])[k + 1] ELSE (['amount', 'count', 'rate', 'count', 'area', 'amount'])[kind + 1] END AS quantity,
       CASE WHEN k = 3 THEN 'actual' WHEN k > 5 AND k % 12 = 3 THEN 'actual' WHEN k > 5 AND k % 12 = 9 THEN 'target' ELSE 'plain' END AS role,
       CASE WHEN k < 6 THEN ([100, 96, 0.96, 120, 40, 45])[k + 1] WHEN kind = 2 THEN 0.5 + amount % 50 / 100 ELSE amount END AS value,
       CASE WHEN k < 6 THEN (['万元', '万元', '%', '人次', '人', '名'])[k + 1] ELSE (['万元', '个', '%', '个', '亩', '万元'])[kind + 1] END AS unit,
       CASE WHEN k < 2 THEN ([1000000, 960000])[k + 1] WHEN k > 5 AND kind IN (0, 5) THEN amount * 10000 END AS value_yuan, CASE WHEN kind = 2 THEN 0.01 ELSE 1 END AS step, 2024 AS year,
       (['budget', 'completion', 'overview', 'effect'])[k // 15 + 1] AS section,
       CASE WHEN is_linked THEN 2 + 3 * (k // 12) END AS indicator_row_no, CASE WHEN is_linked THEN 0.95 END AS match_score,
       amount || (['万元', '个', '%', '个', '亩', '万元'])[kind + 1] AS printed, t.text,
       '第' || k // 3 + 2 || '段' AS place, '{"paragraph": ' || k // 3 + 2 || ', "line": ' || k // 3 + 2 || ', "start": 22, "end": 30}' AS location
FROM kinds JOIN sentences AS t USING (report_id) WHERE t.j = k // 3 ORDER BY fiscal_year, n, k;

INSERT INTO core.relations BY NAME
SELECT report_id, k + 1 AS relation_no, (['sum', 'ratio', 'sum', 'sum', 'sum', 'ratio', 'sum', 'count'])[k + 1] AS kind,
       (['nature', 'execution', 'items', 'items', 'adjustment', 'items', 'staff', 'met_count'])[k + 1] AS topic,
       (['全年支出', '预算执行率', '专项支出', '项目支出', '追加预算', '占比', '在职人员', '完成指标'])[k + 1] AS subject,
       CASE WHEN k IN (1, 5) THEN 0.96 WHEN k = 6 THEN 40 WHEN k = 7 THEN 23 ELSE 960000 + CASE WHEN n % 50 = 1 THEN 100 ELSE 0 END END AS stated,
       CASE WHEN k IN (1, 5) THEN [960000, 1000000] WHEN k = 6 THEN [30, 10] WHEN k = 7 THEN [] ELSE [600000, 360000] END AS terms, CASE WHEN k = 6 THEN '人' WHEN k = 7 THEN '项' ELSE '元' END AS unit,
       CASE WHEN k > 5 THEN 1 ELSE 100 END AS step, CASE WHEN k IN (1, 5) THEN 0.01 WHEN k > 5 THEN 1 ELSE 100 END AS stated_step,
       '60万元 + 36万元' AS formula, '全年支出96万元，其中' || noun(3 * n) || '支出60万元、' || noun(3 * n + 1) || '支出36万元。' AS text,
       '第4段' AS place, '{"paragraph": 4, "line": 4, "start": 0, "end": 9}' AS location
FROM bench_reports, range(8) AS s(k) WHERE is_narrated ORDER BY fiscal_year, n, k;

INSERT INTO raw.approved_budgets BY NAME
SELECT unit_name, fiscal_year, 'total' AS item, 1000000 AS initial_budget_yuan, 1000000 AS adjusted_budget_yuan FROM bench_reports WHERE fiscal_year = 2024;
INSERT INTO raw.final_accounts BY NAME
SELECT unit_name, fiscal_year, 'total' AS item, 960000 AS executed_yuan FROM bench_reports WHERE fiscal_year = 2024;

DROP TABLE bench_reports;
