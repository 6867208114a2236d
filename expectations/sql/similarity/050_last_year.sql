-- Each judged report with the same unit's of the year before, of this warehouse or handed in.
SELECT report_id, last_report_id AS other_report_id FROM active.last_reports ORDER BY ALL
