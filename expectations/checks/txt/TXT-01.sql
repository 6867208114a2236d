/*
id: TXT-01
version: 2
class: B
severity: info
needs: [report]
title: 没有错别字
title_en: No wrong characters
basis: 公文用字规范；常见错字清单见本检查
message: "{count}处疑为错别字：{detail}"
not_applicable: 没有文字内容
suppressed_by: []
group: true
*/
WITH slips(wrong, right_form) AS (
  -- Only pairs that are wrong in every context.
  VALUES ('挂购', '挂钩'), ('及进采取', '及时采取'), ('基本实际了', '基本实现了'), ('布署', '部署'),
         ('绩效绩效', '绩效'), ('满意渡', '满意度'), ('执行律', '执行率'), ('完成律', '完成率'), ('预算预算', '预算'),
         ('的的', '的'), ('了了', '了'), ('和和', '和'), ('。，', '。'), ('，，', '，'), ('。。', '。'), ('、、', '、'), ('；。', '；'), ('不段', '不断'), ('在在', '在'),
         ('帐户', '账户'), ('坐谈会', '座谈会'), ('财政拔款', '财政拨款'), ('拔付', '拨付'), ('资金拔', '资金拨'),
         ('己完成', '已完成'), ('己按', '已按'), ('自已', '自己'), ('其中其中', '其中')
), texts AS (
  SELECT report_id, 'S' || section_no AS part, heading AS subject, heading || '。' || text AS body, place, location FROM active.sections
  UNION ALL
  SELECT report_id, 'R' || row_no, name, concat_ws(' ', name, target_text, actual_text, variance_reason), place, location FROM active.indicators
  UNION ALL
  SELECT report_id, 'H' || field, coalesce(label, field), text, place, location FROM active.header_fields
  UNION ALL
  SELECT report_id, 'L' || line_no, label, texts.label, coalesce(places.label, place), location FROM active.budget_lines
), suspected AS (
  -- One pass for all words; the single words are looked up only where one of them occurs.
  SELECT *, regexp_matches(body, '挂购|及进采取|基本实际了|布署|绩效绩效|满意渡|执行律|完成律|预算预算|的的|了了|和和|。，|，，|。。|、、|；。|不段|在在|帐户|坐谈会|财政拔款|拔付|资金拔|己完成|己按|自已|其中其中') AS suspect FROM texts WHERE body <> ''
)
SELECT t.report_id, t.part || '.' || s.wrong AS subject_key, coalesce(nullif(left(t.subject, 24), ''), '正文') AS subject, TRUE AS failed,
       s.wrong AS reported_value, s.right_form AS expected_value, NULL AS difference,
       substr(t.body, greatest(strpos(t.body, s.wrong) - 12, 1), 24 + length(s.wrong)) AS evidence, t.place, t.location,
       '“' || s.wrong || '”疑为“' || s.right_form || '”' AS detail
FROM (FROM suspected WHERE suspect) AS t
JOIN slips AS s ON contains(t.body, s.wrong)
  -- 为了了解, 目的的 are fine.
  AND NOT (s.wrong = '了了' AND regexp_matches(t.body, '了了解')) AND NOT (s.wrong = '的的' AND regexp_matches(t.body, '目的的|的的确')) AND NOT (s.wrong = '在在' AND regexp_matches(t.body, '在在[建职编岗校]|存在在|现在在|实在在|潜在在'))
  AND NOT (s.wrong = '和和' AND regexp_matches(t.body, '和和[谐平睦]|共和和|总和和|缓和和'))
  AND NOT (s.wrong = '预算预算' AND regexp_matches(t.body, '预算预算[^，。]{0,2}(执|绩)'))
UNION ALL BY NAME
SELECT report_id, part AS subject_key, coalesce(nullif(left(subject, 24), ''), '正文') AS subject, FALSE AS failed, NULL AS reported_value, NULL AS expected_value,
       NULL AS difference, NULL AS evidence, place, location, NULL AS detail
FROM suspected
