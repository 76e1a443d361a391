"""Who among the staff saw, took, changed or exported what, and when: append-only, for administrators."""
