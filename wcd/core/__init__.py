"""The cellar: what any such program needs; knows nothing of forums."""
