"""What can be done with the account that is given, one module for each way of giving account."""
