-- Personal data never leaves the warehouse: every text column of `out` that a submission filled passes through
-- mart.masked. Identity numbers keep region and last digit, mobile numbers three and four digits, landlines the area,
-- names after a contact label the first character.
CREATE SCHEMA IF NOT EXISTS mart;

CREATE OR REPLACE MACRO mart.masked(t) AS
  CASE WHEN t IS NULL OR NOT regexp_matches(t, '[0-9]{7}|[0-9]{3,4}[-—－ ][0-9]{4}|联系人|填报人|填表人|经办人|负责人|联系方式|身份证|报告人|审核人|制表人')
    THEN t
    ELSE regexp_replace(regexp_replace(regexp_replace(regexp_replace(t,
      '(^|[^0-9])([1-9][0-9]{5})(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}([0-9Xx])', '\1\2***********\3', 'g'),
      '(^|[^0-9.])(1[3-9][0-9])[- ]?[0-9]{4}[- ]?([0-9]{4})($|[^0-9.])', '\1\2****\3\4', 'g'),
      '(^|[^0-9.])(0[0-9]{2,3})[-—－ ]?[0-9]{7,8}($|[^0-9.])', '\1\2-********\3', 'g'),
      '((?:联系人|填报人|填表人|经办人|负责人|报告人|审核人|制表人)(?:姓名|签字|签名|（签字）|（签章）)?\s*[：:]\s*)(\p{Han})[\p{Han}·]{1,3}', '\1\2**', 'g')
  END;

-- A name cell as a whole (header fields contact, preparer, leader ...): the first character stays.
CREATE OR REPLACE MACRO mart.masked_name(t) AS
  CASE WHEN t IS NULL OR trim(t) = '' THEN t ELSE left(trim(t), 1) || '**' END;

-- A phone cell as a whole.
CREATE OR REPLACE MACRO mart.masked_phone(t) AS
  CASE WHEN t IS NULL OR trim(t) = '' THEN t
       WHEN length(trim(t)) < 7 THEN '****'
       ELSE left(trim(t), 3) || '****' || right(trim(t), 2) END;
