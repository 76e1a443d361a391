"""`make nlu-report`: how well French reports are understood, with plots, beside a stock Rasa pipeline."""
