"""Who acts, what they may do, and what was done."""
