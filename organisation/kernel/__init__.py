"""Code without a model: rules, calendars and checks that every app may use."""
