-- What was shared goes.
RESET search_path;
DETACH staging;
