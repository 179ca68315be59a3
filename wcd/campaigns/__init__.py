"""Reminders: rules, and what was sent because of them."""
