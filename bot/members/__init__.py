"""The insured people: imported from the insurer, recognised by a signed identity."""
