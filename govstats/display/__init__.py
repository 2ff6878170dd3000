"""What people see, before it is known where: the part of a table that a finding is about, and whole tables in words."""
