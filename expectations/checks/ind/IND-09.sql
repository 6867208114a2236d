/*
id: IND-09
version: 2
class: B
severity: query
needs: [report]
title: 主要支出都有对应的指标
title_en: No large expenditure without an indicator
basis: 财预〔2020〕10号：绩效指标应与资金用途相匹配，主要支出内容应有指标反映
message: "以下支出占总支出三分之一以上，没有见到对应的指标：{detail}"
not_applicable: 没有列明占总支出三分之一以上的支出明细
suppressed_by: []
group: true
*/
WITH spent AS (
  SELECT report_id, max(coalesce(executed_yuan, adjusted_budget_yuan)) AS total FROM active.budget_lines WHERE is_total GROUP BY report_id
), items AS (
  -- Names are looked at only where the amount is that large: a condition on both sides of the join keeps the words behind it.
  SELECT s.report_id, s.statement_no, s.subject, s.printed, s.text, s.place, s.location, s.value_yuan, t.total,
         CASE WHEN s.value_yuan < t.total THEN regexp_replace(regexp_replace(s.subject, '[\s“”"（）()《》、，：:\d]', '', 'g'), '(专项|资金|项目|经费|支出|完成|建设|年|费用|费|用地|其中|有限公司|购买|缴纳)', '', 'g') END AS core
  FROM active.statements AS s JOIN spent AS t USING (report_id)
  JOIN (SELECT report_id, stated, unnest(statement_nos) AS statement_no FROM active.relations WHERE kind = 'sum' AND topic = 'items') AS r USING (report_id, statement_no)
  WHERE s.quantity = 'amount' AND t.total > 0 AND s.value_yuan * 100 >= t.total * 35 AND s.value_yuan < t.total AND s.value_yuan <> r.stated
    AND NOT CASE WHEN s.value_yuan < t.total THEN regexp_matches(s.subject, '其他|业务工作|日常|运转|合计|总|收入|资产|负债|基本支出|项目支出|人员|公用|预算|拨款|结转|调') END
    -- What the office runs on (economic classes) needs no indicator of its own.
    AND NOT CASE WHEN s.value_yuan < t.total THEN regexp_matches(s.subject, '办公费|差旅|印刷|邮电|水费|电费|水电|物业|会议费|培训费|劳务费|委托业务|工资|津贴|津补贴|奖金|公积金|社会保障缴费|福利|工会|商品和服务|对个人|用车|公务接待|其他交通|取暖') END
), words AS (
  SELECT report_id, joined(list({'k': row_no, 'x': name || ' ' || target_text || ' ' || actual_text}), ' ') AS told
  FROM active.indicators SEMI JOIN items USING (report_id) WHERE NOT is_placeholder GROUP BY report_id
), grams AS (
  SELECT i.*, w.told, list_transform(range(1, length(core)), lambda n: substr(core, n::INTEGER, 2)) AS pairs FROM items AS i JOIN words AS w USING (report_id) WHERE length(core) >= 2 AND core NOT IN ('补助', '补贴', '奖补', '工作', '工程', '服务')
)
SELECT report_id, 'T' || left(md5(subject), 10) AS subject_key, subject, len(list_filter(pairs, lambda p: contains(told, p))) = 0 AS failed,
       printed AS reported_value, '有对应的指标' AS expected_value, '占总支出 ' || percent(exact_ratio(value_yuan, total), 1) AS difference, text AS evidence, place, location,
       subject || ' ' || printed || '（占 ' || percent(exact_ratio(value_yuan, total), 1) || '）' AS detail
FROM grams
QUALIFY row_number() OVER (PARTITION BY report_id, subject ORDER BY statement_no) = 1
