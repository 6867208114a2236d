-- How names are compared: full-width forms folded, spaces and punctuation dropped, letters lower case.
CREATE SCHEMA IF NOT EXISTS mart;

CREATE OR REPLACE MACRO mart.name_key(t) AS
  regexp_replace(lower(nfc_normalize(translate(t, '（）０１２３４５６７８９　', '()0123456789 '))), '[\s、，,。.:：;；·“”"《》<>＜＞★*-]', '', 'g');
