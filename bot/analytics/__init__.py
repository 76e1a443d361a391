"""Which incidents are reported, how they end, where people drop out, what is new: from the events and the claims."""
