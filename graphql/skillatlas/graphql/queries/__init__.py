"""The root fields, by subject: each checks its arguments, asks the packages below, and hands views to the types."""
