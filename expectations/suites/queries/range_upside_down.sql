-- 区间的下端大于上端
SELECT report_id, row_no FROM {batch} WHERE target_low > target_high OR actual_low > actual_high
