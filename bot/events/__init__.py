"""The append-only record of what happened; analytics reads only this and the claims."""
