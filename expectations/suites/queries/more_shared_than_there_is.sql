-- 相同的字数多于全文字数
SELECT report_id FROM {batch} WHERE shared_characters > characters OR shared_characters < 0
