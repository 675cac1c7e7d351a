"""What is asked when account is given."""
