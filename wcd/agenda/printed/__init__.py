"""The agenda on paper: programme booklet, run sheets, door signs; drawn with `wcd.paper` from plain values."""
