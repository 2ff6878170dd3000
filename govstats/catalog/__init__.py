"""What is known: forms, rules, series across forms, layouts; the data of schemas/ and of the user, as objects."""
