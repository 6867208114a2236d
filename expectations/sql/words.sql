-- The vocabulary of the checks, as constants of the connection: a pattern made of them is compiled once, not row by row.
SET VARIABLE words = (SELECT map(list(name ORDER BY name), list(pattern ORDER BY name)) FROM incoming_words);
SET VARIABLE slips = (SELECT list({'wrong': wrong, 'right_form': right_form, 'unless': unless} ORDER BY position) FROM incoming_slips);

-- The words of expectations/vocabulary/words.yaml under `name`, joined by |.
CREATE OR REPLACE TEMP MACRO words(name) AS getvariable('words')[name];
