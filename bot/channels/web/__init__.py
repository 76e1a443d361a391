"""The web page, its chat and the HTTP interface."""
