"""Who may do what: administrators and their roles, the tree of resources, tokens, integrations, lockouts, sessions."""
