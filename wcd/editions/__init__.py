"""The yearly forum: its names, days, pages and published number."""
