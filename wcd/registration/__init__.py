"""Guests: who comes, as what, and where they sit."""
