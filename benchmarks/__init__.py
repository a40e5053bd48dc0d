"""How good and how fast: scorers, peers and speed, measured by one command and kept as a table."""
