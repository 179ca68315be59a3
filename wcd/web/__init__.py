"""The ways in through a browser."""
