-- 复算总分不在自身的区间之内
SELECT report_id FROM {batch} WHERE recomputed_low > recomputed_high OR recomputed_total NOT BETWEEN recomputed_low AND recomputed_high
