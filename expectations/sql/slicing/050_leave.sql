-- `active` and `judge` are the warehouse's (again).
SET search_path = 'main,staging.main';
