"""How the site is run and seen: processes, figures, logs, shared stores, guards."""
