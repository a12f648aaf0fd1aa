"""What is true: frozen values that know neither network, database, clock nor format."""
