-- The rooms in memory go, with all that lay in them.
RESET search_path;
DETACH slice;
DETACH staging;
