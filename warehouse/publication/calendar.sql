-- The dates that letters count by; no row where no calendar was read.
SELECT corrections_due, correction_days FROM out.calendar;
