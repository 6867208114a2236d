/*
id: EXT-01
version: 1
class: A
severity: blocker
needs: [report]
title: 自评表的指标和资金均已读出
title_en: Every expected table is found
basis: 复核前提：自评表表头可识别，合并单元格能还原
message: "自评表没有读出{subject}，请核对原件的表格是否完整"
not_applicable: 没有自评表
suppressed_by: []
group: true
note: 表中根本没有该部分的见 CMP-02
*/
WITH counts AS (
  SELECT r.report_id, r.has_blocks, r.place, r.location,
         (SELECT count(*) FROM active.indicators AS i WHERE i.report_id = r.report_id) AS indicators,
         (SELECT count(*) FROM active.budget_lines AS b WHERE b.report_id = r.report_id) AS lines_there
  FROM active.reports AS r WHERE r.kind = 'form'
), blocks AS (
  SELECT report_id, place, location,
         unnest([{'block': 'indicators', 'words': '绩效指标', 'printed': list_contains(has_blocks, 'indicators'), 'rows_there': indicators},
                 {'block': 'budget', 'words': '资金情况', 'printed': list_contains(has_blocks, 'budget'), 'rows_there': lines_there}], recursive := true)
  FROM counts
)
SELECT report_id, 'report-' || block AS subject_key, words AS subject, rows_there = 0 AS failed, rows_there || '行' AS reported_value,
       '至少1行' AS expected_value, NULL AS difference, '表中有' || words || '部分，读出 ' || rows_there || ' 行' AS evidence, place, location
FROM blocks WHERE printed
