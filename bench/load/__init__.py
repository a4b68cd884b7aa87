"""What the site holds: documents, files and answers under load, beside others in the same run."""
