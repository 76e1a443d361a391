"""Waves: reports of the last days that are alike and come faster than usual, and what members are told of them."""
