"""Which narratives resemble each other: other units' texts, and the unit's own of the year before.

A sample of each text's shingles is kept; what many units share is a template and drops out; MinHash signatures of the
rest give candidate pairs; candidates are compared sentence by sentence, exactly. `find_similar_texts` sequences it.
"""

from expectations.similarity.comparison import find_similar_texts

__all__ = ["find_similar_texts"]
