-- From here on `active` and `judge` are the slice's; every other schema stays the warehouse's.
SET search_path = 'main,staging.main,slice.active,slice.judge';
