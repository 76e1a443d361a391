"""The advisers' desk: accounts, the queues, the conversation with its claim, taking over and giving back."""
