"""Drawing and printing badges."""
