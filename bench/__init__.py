"""The benchmarks: this product beside a stock Rasa bot trained on the same lines; run `python -m bench`."""
