-- How names are compared: full-width forms folded, spaces and punctuation dropped, letters lower case.
CREATE SCHEMA IF NOT EXISTS mart;

CREATE OR REPLACE MACRO mart.name_key(t) AS
  regexp_replace(lower(nfc_normalize(translate(t, '（）０１２３４５６７８９　', '()0123456789 '))), '[\s、，,。.:：;；·“”"《》<>＜＞★*-]', '', 'g');

-- A line of a budget without `其中`, bracketed remarks and words for a sum: what two tables call the same.
CREATE OR REPLACE MACRO mart.item_key(t) AS
  regexp_replace(mart.name_key(regexp_replace(t, '^\s*其中[:：]?|[（(【][^（()）】]*[)）】]', '', 'g')), '(小计|合计|总额|总计|金额)$', '');
