"""Custom actions: the thin edge where the dialogue meets our services."""
