"""Staff: their sign-ins, roles and links."""
