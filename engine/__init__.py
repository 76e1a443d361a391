"""What runs inside Rasa 3.6 (Python 3.10): NLU components, our channel, the patches. Imports nothing of bot/."""
