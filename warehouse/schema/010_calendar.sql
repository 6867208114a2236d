-- The reporting calendar as the last run read it: one row a fiscal year. What letters count their dates by.
CREATE TABLE raw.calendar (
  fiscal_year INTEGER NOT NULL, opens DATE NOT NULL, deadline DATE NOT NULL,
  corrections_due DATE,                  -- day by which returned reports are corrected; NULL: correction_days after the letter
  correction_days INTEGER NOT NULL,
  reminder_days INTEGER NOT NULL         -- days before the deadline from which units that sent nothing are reminded
);
