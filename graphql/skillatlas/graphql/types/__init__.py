"""GraphQL types over the dataclasses of the packages below: declarations and look-ups, no rules of the domain."""
