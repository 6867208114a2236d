DELETE FROM raw.calendar;
INSERT INTO raw.calendar BY NAME FROM incoming_calendar;
