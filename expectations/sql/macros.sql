-- Exact arithmetic and the words for figures, for checks and scores. Nothing is rounded as a float: quotients are taken
-- over HUGEINT. Every macro gives NULL for NULL and for what cannot be computed; none raises an error. The bounds
-- stand inside the macros because TRY alone is not enough: DuckDB moves repeated terms out of it.

-- Quotients ---------------------------------------------------------------------------------------------------

-- The number's digits as an integer, eight decimals kept; NULL from 10**16 on, which no report means. Below a million the
-- DOUBLE of these digits is off by less than a thirtieth of one, so the nearest integer is exact; it is fifteen times as fast.
CREATE OR REPLACE TEMP MACRO unscaled(x) AS
  CASE WHEN abs(CAST(x AS DOUBLE)) < 1e6 THEN CAST(CAST(CAST(x AS DECIMAL(38, 8)) AS DOUBLE) * 1e8 AS BIGINT)::HUGEINT
       WHEN abs(CAST(x AS DOUBLE)) < 1e16 THEN (CAST(x AS DECIMAL(38, 8)) * 100000000)::HUGEINT END;

-- a * b, NULL where the product would not fit.
CREATE OR REPLACE TEMP MACRO product(a, b) AS
  CASE WHEN abs(CAST(a AS DOUBLE)) * abs(CAST(b AS DOUBLE)) < 1e21
       THEN CASE WHEN b = 1 THEN CAST(a AS DECIMAL(38, 8)) -- nearly always, and without the slow multiplication
                 ELSE (CAST(a AS DECIMAL(38, 8)) * CAST(b AS DECIMAL(38, 8)))::DECIMAL(38, 8) END END;

-- Integer quotient rounded half up (away from zero). Both terms stand once: a macro is put in as often as it is named, and
-- quotients of quotients would grow to thousands of terms, each of which is planned.
CREATE OR REPLACE TEMP MACRO half_up_quotient(numerator, denominator) AS
  list_transform([{'n': numerator, 'd': denominator}], lambda q:
    CASE WHEN q.d = 0 THEN NULL
         WHEN q.n >= 0 AND q.d > 0 THEN (2 * q.n + q.d) // (2 * q.d)
         WHEN (q.n < 0) <> (q.d < 0) THEN -((2 * abs(q.n) + abs(q.d)) // (2 * abs(q.d)))
         ELSE (2 * abs(q.n) + abs(q.d)) // (2 * abs(q.d)) END)[1];

-- a / b to eight decimals, rounded half up: rates and achievements.
CREATE OR REPLACE TEMP MACRO exact_ratio(a, b) AS
  (half_up_quotient(unscaled(a) * 100000000, unscaled(b)) * 0.00000001)::DECIMAL(38, 8);

-- 10 ** n for the few n that scores and rates are rounded to.
CREATE OR REPLACE TEMP MACRO power_of_ten(n) AS
  CASE n WHEN 0 THEN 1 WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000 WHEN 4 THEN 10000 WHEN 6 THEN 1000000 ELSE 100000000 END;

-- x rounded half up to `digits` (0 to 4) decimals; x unchanged where digits is NULL. x stands once: a macro is put in as
-- often as it is named, and a quotient of quotients would grow to thousands of terms to plan.
CREATE OR REPLACE TEMP MACRO half_up(x, digits) AS
  list_transform([x], lambda v:
    CASE WHEN digits IS NULL THEN CAST(v AS DECIMAL(38, 8))
         ELSE (half_up_quotient(unscaled(v) * power_of_ten(digits), 100000000)::HUGEINT
               * (100000000 // power_of_ten(digits)) * 0.00000001)::DECIMAL(38, 8) END)[1];

-- weight * a / b rounded half up to `digits` decimals (NULL: four, what a score column holds); NULL for a weight of
-- 10000 and more, and for a share of 10**12 and more.
CREATE OR REPLACE TEMP MACRO weighted_share(weight, a, b, digits) AS
  CASE WHEN abs(weight) < 10000 AND abs(CAST(weight AS DOUBLE) * CAST(a AS DOUBLE)) < abs(CAST(b AS DOUBLE)) * 1e12
       THEN (half_up_quotient(unscaled(CAST(weight AS DECIMAL(18, 4))) // 10000 * unscaled(a) * power_of_ten(coalesce(digits, 4)),
                              unscaled(b) * 10000)
             * (10000 // power_of_ten(coalesce(digits, 4))) * 0.0001)::DECIMAL(18, 4) END;

-- Tolerance: what the printed digits can explain ------------------------------------------------------------------

-- TRUE where a and b differ by no more than half of the smallest difference the printed digits show.
CREATE OR REPLACE TEMP MACRO within_half_step(a, b, step) AS abs(CAST(a AS DOUBLE)) < 1e20 AND abs(CAST(b AS DOUBLE)) < 1e20 AND 2 * abs(a - b) <= coalesce(step, 0);

-- The same for a sum of `terms` printed figures with its printed total: (terms + 1) / 2 steps at the most.
-- Whether that is silent or a finding of severity info is the check's to say.
CREATE OR REPLACE TEMP MACRO within_sum_steps(a, b, step, terms) AS
  abs(CAST(a AS DOUBLE)) < 1e20 AND abs(CAST(b AS DOUBLE)) < 1e20 AND 2 * abs(a - b) <= (terms + 1) * coalesce(step, 0);

-- Printed to the second decimal or finer in the unit (step_in_unit <= 0.01): only then rounding can explain a sum.
CREATE OR REPLACE TEMP MACRO has_cents(step_in_unit) AS coalesce(step_in_unit, 1) <= 0.01;

-- Words for figures ------------------------------------------------------------------------------------------------

-- A number without trailing noise: 19.4000 -> 19.4, 100.00 -> 100.
CREATE OR REPLACE TEMP MACRO plain(x) AS
  CASE WHEN contains(CAST(x AS VARCHAR), '.') THEN rtrim(rtrim(CAST(x AS VARCHAR), '0'), '.') ELSE CAST(x AS VARCHAR) END;

-- A long number with its thousands marked, as amounts in 元 are printed: 23153000.5000 -> 23,153,000.5.
CREATE OR REPLACE TEMP MACRO grouped(x) AS
  CASE WHEN abs(x) < 1000 OR abs(x) >= 1e15 THEN plain(x) ELSE format('{:,}', trunc(x)::BIGINT) || regexp_extract(plain(x), '\.\d+$') END;

-- yuan as 万元 with its unit: 59236300 -> 5923.63万元.
CREATE OR REPLACE TEMP MACRO wan(yuan) AS plain(CAST(yuan AS DECIMAL(24, 4)) * 0.0001) || '万元';

-- yuan in the unit the document prints.
CREATE OR REPLACE TEMP MACRO money_text(yuan, unit) AS
  CASE unit WHEN '元' THEN grouped(CAST(yuan AS DECIMAL(24, 4))) || '元'
            WHEN '亿元' THEN plain(CAST(yuan AS DECIMAL(24, 4)) * 0.00000001) || '亿元'
            ELSE wan(yuan) END;

-- The factor of a money unit: 万元 -> 10000.
CREATE OR REPLACE TEMP MACRO money_factor(unit) AS
  CASE unit WHEN '元' THEN 1 WHEN '亿元' THEN 100000000 WHEN '千元' THEN 1000 WHEN '百万元' THEN 1000000 ELSE 10000 END;

-- A fraction as percent: 0.97 -> 97%; percent(x, 2) rounds first.
CREATE OR REPLACE TEMP MACRO percent(x) AS plain(CAST(x AS DECIMAL(28, 8)) * 100) || '%',
  (x, digits) AS plain(half_up(CAST(x AS DECIMAL(28, 8)) * 100, digits)) || '%';

-- What a blank cell is called in a message.
CREATE OR REPLACE TEMP MACRO or_blank(text) AS coalesce(nullif(trim(text), ''), '空白');

-- A cell in which something was filled in: neither empty nor a marker such as / or ——. What begins with a figure, or with a character no
-- marker begins with, needs no closer look.
CREATE OR REPLACE TEMP MACRO is_filled(text) AS
  CASE WHEN text >= '0' AND text < ':' OR text >= '一' AND text < '鿿' AND left(text, 1) NOT IN ('无', '不', '空') THEN TRUE
       ELSE coalesce(NOT regexp_full_match(trim(text), '[\s　/／\-—－–…·*＊.。]*|无|不适用|N/?A|空'), FALSE) END;

-- An indicator's name as approval and form share it: without signs, 指标1： and the unit in brackets at its end.
CREATE OR REPLACE TEMP MACRO indicator_key(name) AS
  regexp_replace(regexp_replace(trim(name), '[（(](单位[:：])?[万亿千百十]?(元|美元|人|人次|件|个|项|次|户|亩|公里|千米|米|平方米|平方公里|立方米|家|场|场次|期|份|台|套|吨|天|日|个?工作日|小时|名|处|座|宗|起|笔|公顷|辆|册|篇|只|头|株|批次?|所|间|条|块|卷|页|盏|根|口|眼|户次|家次|车次|架次?|艘|栋|幢|部|本|张|幅|片|棵|羽|匹|例|例次|课时|学时|班次|支|轮|轮次|盒|枚|床|席|床位|车位|泊位|站点?|点位|样本|剂次?|针次|层|倍|字|票|双|尾|粒|讲|堂|版|集|乡镇|社区|行政村|千瓦时?|兆瓦|度|公斤|千克|升|频次|元[/／][^（）()]{1,6}|[KMGTPkmgtp]?[Bbgm]+)?[%％‰]?[）)]$', ''), '[\s　（）()“”"、，,]|指标\d+[：:]', '', 'g');

-- 无 as the value of what must not happen: 重大事故发生数 无 is a figure, it means none.
CREATE OR REPLACE TEMP MACRO says_none(name, text) AS
  coalesce(regexp_full_match(trim(text), '无|零') AND regexp_matches(name, '事故|事件|投诉|违规|违法|违纪|舆情|案件|差错|失误|超标|缺陷|隐患|伤亡|死亡|上访|处罚'), FALSE);

-- Words that no complaint came in, without a survey beside them.
CREATE OR REPLACE TEMP MACRO no_complaints(text) AS
  regexp_matches(text, '(无|零|0|未(收到|发生|接到|接|出现|有)|没有(收到|发生|接到)?)[^。；，]{0,8}投诉|投诉(量|数|件数|率)?[:：为]?\s*(0|零)\s*(起|件|次|%|$)|(无|没有|未收到)[^。；，]{0,6}(不良|负面|不满)(反映|反响|评价|意见)')
  AND NOT regexp_matches(text, '问卷|调查|测评|回访|访谈|抽样');

-- One side of target and actual without a unit (≤30万元 beside 28.5, ≥12.5公里 beside 12.8): TRUE where it is meant in the
-- other side's unit, because the figures as printed lie closer together than the amounts in base units do.
-- Zeros go before the logarithm: the sides of an AND are computed in no order that could be relied on.
CREATE OR REPLACE TEMP MACRO shares_unit(a, a_base, b, b_base) AS
  coalesce((a_base IS NULL) <> (b_base IS NULL)
           AND abs(ln(nullif(abs(CAST(a AS DOUBLE) / nullif(CAST(b AS DOUBLE), 0)), 0)))
               <= abs(ln(nullif(abs(CAST(a AS DOUBLE) * coalesce(a_base, 1) / nullif(CAST(b AS DOUBLE) * coalesce(b_base, 1), 0)), 0))), FALSE);

-- The factor of one side: 0.01 for 96 beside 95%, 1 where the unit is shared, else to the dimension's base unit.
CREATE OR REPLACE TEMP MACRO side_factor(x, base, dimension, other_dimension, shared) AS
  CASE WHEN dimension IS NULL AND other_dimension = 'percent' AND abs(x) >= 2 THEN 0.01
       WHEN shared THEN 1 ELSE coalesce(base, 1) END;

-- The text with 。 for another sign that ends a sentence, so that it can be split at one sign; only texts that have the
-- sign are copied.
CREATE OR REPLACE TEMP MACRO full_stop_for(sign, text) AS CASE WHEN contains(text, sign) THEN replace(text, sign, '。') ELSE text END;

-- Keys ---------------------------------------------------------------------------------------------------------------

-- The part of a subject key before its aspect: I5.actual -> I5. Causes and consequences meet on it.
CREATE OR REPLACE TEMP MACRO key_stem(subject_key) AS split_part(subject_key, '.', 1);

-- The values of the rows behind one finding: one where they agree, else the first eight of them.
CREATE OR REPLACE TEMP MACRO several(texts) AS
  CASE WHEN len(texts) = 1 OR len(list_distinct(texts)) <= 1 THEN texts[1]
       ELSE array_to_string(list_filter(texts, lambda x: x IS NOT NULL)[:8], '；') || CASE WHEN len(texts) > 8 THEN '…（共 ' || len(texts) || ' 处）' ELSE '' END END;

-- The same for what a message says: what is said twice is said once, with how often.
CREATE OR REPLACE TEMP MACRO several_folded(texts) AS
  CASE WHEN len(texts) > 200 OR len(list_distinct(texts)) IN (0, 1, len(texts)) THEN several(texts)
       ELSE several(list_transform(list_filter(texts, lambda x, i: x IS NOT NULL AND list_position(texts, x) = i),
                                   lambda x: x || CASE WHEN len(list_filter(texts, lambda y: y = x)) > 1
                                                       THEN '（' || len(list_filter(texts, lambda y: y = x)) || '处）' ELSE '' END)) END;

-- The subjects of the rows behind one finding, the first eight by name.
CREATE OR REPLACE TEMP MACRO listed_subjects(subjects) AS
  CASE WHEN len(subjects) = 1 THEN subjects[1] ELSE array_to_string(list_sort(list_distinct(subjects))[:8], '、') END
    || CASE WHEN len(list_distinct(subjects)) > 8 THEN '等' || len(list_distinct(subjects)) || '项' ELSE '' END;

-- Texts of several rows in the order of their keys: string_agg(x, '、' ORDER BY k) is joined(list({'k': k, 'x': x}), '、'), which takes less than
-- half the time over many small groups. list needs FILTER (x IS NOT NULL) where x may be NULL; texts_in_order gives the list itself.
CREATE OR REPLACE TEMP MACRO texts_in_order(pairs) AS list_transform(list_sort(pairs), lambda pair: pair.x);
CREATE OR REPLACE TEMP MACRO joined(pairs, separator) AS array_to_string(texts_in_order(pairs), separator);

-- The values of several rows, each once, in order: string_agg(DISTINCT x, '、' ORDER BY x) is joined_once(list(x)), which
-- takes a fraction of the time over many small groups.
CREATE OR REPLACE TEMP MACRO joined_once(texts) AS
  CASE WHEN len(list_distinct(texts)) > 0 THEN array_to_string(list_sort(list_distinct(texts)), '、') END;

-- Figures of the narrative's claims (core.relations): money is kept in yuan, people read it in the unit it was printed
-- with, which the formula shows.
CREATE OR REPLACE TEMP MACRO figure_unit(unit, formula) AS
  CASE WHEN unit IS DISTINCT FROM '元' THEN coalesce(unit, '') WHEN formula LIKE '%亿%' THEN '亿元' WHEN formula LIKE '%万%' THEN '万元' ELSE '元' END;
CREATE OR REPLACE TEMP MACRO figure_factor(unit, formula) AS
  CASE WHEN unit IS DISTINCT FROM '元' THEN 1 ELSE money_factor(figure_unit(unit, formula)) END;
CREATE OR REPLACE TEMP MACRO figure_text(x, unit, formula) AS
  CASE WHEN unit IS DISTINCT FROM '元' THEN plain(x) || coalesce(unit, '') ELSE money_text(x, figure_unit(unit, formula)) END;

-- Targets -----------------------------------------------------------------------------------------------------------

-- The words of a target without what only typing decides: width, spaces, quotes, the last full stop, >= for ≥.
CREATE OR REPLACE TEMP MACRO target_words(text) AS
  replace(replace(regexp_replace(translate(text, '（）０１２３４５６７８９．％＞＜＝≧≦', '()0123456789.%><=≥≤'), '[\s　“”"，,、；;]|[。.]$', '', 'g'), '>=', '≥'), '<=', '≤');

-- The same figure, and not a floor against a ceiling.
CREATE OR REPLACE TEMP MACRO same_target(value, comparator, other_value, other_comparator) AS
  coalesce(value = other_value, FALSE)
  AND NOT coalesce((comparator IN ('GE', 'GT') AND other_comparator IN ('LE', 'LT')) OR (comparator IN ('LE', 'LT') AND other_comparator IN ('GE', 'GT')), FALSE);
