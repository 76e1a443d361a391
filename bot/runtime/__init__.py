"""Starting and stopping everything: database, model, processes."""
