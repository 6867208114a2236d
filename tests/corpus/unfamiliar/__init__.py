"""Layouts written without a look at the reader or its vocabulary: the meaning of a self-evaluation kept, everything else changed."""
