"""What the job costs, measured on real publications: `scripts/bench`."""
