"""Hardware that several generators and systems share."""
