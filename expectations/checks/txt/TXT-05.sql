/*
id: TXT-05
version: 1
class: B
severity: query
needs: [report]
title: 文号与发文机关相符
title_en: A document number fits its issuer
basis: 党政机关公文格式（GB/T 9704）：发文字号由机关代字、年份、序号组成，省级代字用于省级机关发文
message: "{subject}：文号“{reported}”是省级机关代字，与所述发文机关“{expected}”不符，请核实"
not_applicable: 没有引用带文号的文件
suppressed_by: []
group: false
*/
WITH cited AS (
  SELECT report_id, section_no, place, location, unnest(regexp_extract_all(text, '[一-龥]{2,14}(?:财政局|财政厅|人民政府|财政部|委员会)(?:办公室)?[^。；\n《]{0,6}《[^》]{4,60}》\s*[（(][^（）()]{2,12}[〔【\[（(]\s*20\d\d\s*[〕】\]）)]\s*\d+\s*号[）)]')) AS citation
  FROM active.sections
), parsed AS (
  SELECT *, regexp_replace(regexp_extract(citation, '([一-龥]{2,10}(财政局|财政厅|人民政府|财政部|委员会))', 1), '^(根据|按照|依据|依照|遵照|经|由|和|及)', '') AS issuer,
         regexp_extract(citation, '》\s*[（(]([^（）()]{2,12}[〔【\[（(]\s*20\d\d\s*[〕】\]）)]\s*\d+\s*号)', 1) AS number,
         regexp_extract(citation, '》\s*[（(]([一-龥])', 1) AS first_character
  FROM cited
)
SELECT report_id, 'T' || left(md5(number), 10) AS subject_key, left(regexp_extract(citation, '《[^》]+》'), 40) AS subject,
       -- 鄂财… is the province; a city's or county's bureau has a code of its own.
       contains('京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕甘青宁新', first_character)
         AND regexp_matches(issuer, '[市县区旗]') AND NOT regexp_matches(issuer, '省|自治区|^(北京|天津|上海|重庆)')
         AND regexp_matches(number, '^.(财|政|发|府|人社|办)') AS failed,
       number AS reported_value, issuer AS expected_value, NULL AS difference, citation AS evidence, place, location
FROM parsed WHERE number <> ''
QUALIFY row_number() OVER (PARTITION BY report_id, number, issuer ORDER BY section_no) = 1
