"""Rules of casework: facts in, an answer out, no queries."""
