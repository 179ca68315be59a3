"""Jobs and the clock: who does what was written down, and what happens at its time."""
