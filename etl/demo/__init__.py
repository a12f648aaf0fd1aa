"""The whole path on one machine, without the internet."""
