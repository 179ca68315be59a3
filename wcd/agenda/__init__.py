"""What happens when and where, with whom."""
