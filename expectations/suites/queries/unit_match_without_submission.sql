-- 所对应的材料不存在
SELECT m.submission_id FROM {batch} AS m ANTI JOIN raw.submissions AS s USING (submission_id)
