"""Who may do what with the account that is given, one table for each way of giving account."""
