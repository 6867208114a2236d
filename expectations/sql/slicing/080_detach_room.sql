-- The room goes, with all that lay in it.
DETACH slice;
