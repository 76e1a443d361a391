"""How members reach us: the web page and Telegram."""
