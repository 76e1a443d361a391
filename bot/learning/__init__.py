"""From corrections and misses to new training examples: proposed without personal data, decided by a supervisor."""
