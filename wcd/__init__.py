"""Runs an international city forum: agenda, registrations, badges, mail and the door."""
