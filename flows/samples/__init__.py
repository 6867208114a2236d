"""Sample submissions generated from declared facts: what `jixiao demo` writes and what the accuracy corpus measures against."""
