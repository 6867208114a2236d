/*
id: EXT-02
version: 3
class: A
severity: minor
needs: [report]
title: 表格内容全部归入栏目（跨页、换行、重复表头已还原）
title_en: Every cell of the form has its field
basis: 复核前提：跨页续表、重复表头、拆行的一级指标应能还原，读不懂的内容列出由人核对
message: "表中有{count}处内容没有归入栏目，请对照原件核对：{detail}"
not_applicable: 没有自评表
suppressed_by: []
group: true
*/
WITH unread AS (
  SELECT report_id, row_number() OVER (PARTITION BY report_id ORDER BY place, text, why, location) AS nth, text, why, place, location
  FROM active.unread
  -- Signatures and dates below the form are no cells of it.
  WHERE trim(text) <> '' AND NOT regexp_matches(text, '^\s*(填[报表]人|负责人|联系人|联系电话|填[报表](日期|时间|单位)|单位负责人|审核|[（(]?盖章|注|备注|说明|附件?|[（(]?20\d\d\s*年度?[）)]?\s*$)')
    -- Sentences around the form belong to the narrative.
    AND NOT regexp_matches(text, '，.*。\s*$')
    -- What a drop-down offers is no part of the report (extractors.forms.choice_lists).
    AND why <> '下拉选项的清单，不是自评内容'
    -- Nor a table of contents in a sheet of its own.
    AND why <> '另一工作表中的目录或说明，不是自评表的栏目'
    -- Nor are columns of the form's own beside those that are evaluated (责任科室), and questions to be ticked (是否公开 ☑是).
    AND NOT starts_with(why, '栏目“') AND NOT regexp_matches(text, '^\s*(是否|[☑☒☐□■√✓])')
), headers_as_rows AS (
  SELECT report_id, row_no, name, target_text, place, location FROM active.indicators
  WHERE regexp_full_match(regexp_replace(name, '\s', '', 'g'), '(三级|二级|一级)?指标(名称)?|年度指标值|实际完成值|分值|得分')
)
SELECT r.report_id, 'report-read' AS subject_key, '自评表' AS subject, FALSE AS failed, '全部归入栏目' AS reported_value, '全部归入栏目' AS expected_value,
       NULL AS difference, NULL AS evidence, r.place, r.location, '' AS detail
FROM active.reports AS r
WHERE r.kind = 'form' AND r.report_id NOT IN (SELECT report_id FROM unread) AND r.report_id NOT IN (SELECT report_id FROM headers_as_rows)
UNION ALL BY NAME
SELECT report_id, 'U' || nth AS subject_key, left(text, 20) AS subject, TRUE AS failed, left(text, 80) AS reported_value, '归入栏目' AS expected_value,
       NULL AS difference, text || '（' || why || '）' AS evidence, place, location, '“' || left(text, 20) || '”' AS detail
FROM unread
UNION ALL BY NAME
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, TRUE AS failed, name AS reported_value, '指标名称' AS expected_value, NULL AS difference,
       concat_ws(' | ', name, target_text) AS evidence, place, location, '重复的表头“' || name || '”被当作指标' AS detail
FROM headers_as_rows
