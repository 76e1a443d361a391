"""Claims: answers, reference, states with their history."""
