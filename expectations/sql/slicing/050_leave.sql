-- `active` and `judge` are the warehouse's again.
RESET search_path;
