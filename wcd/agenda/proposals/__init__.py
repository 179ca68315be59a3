"""The call for side events: partners propose, organisers ask back, score, decide, and make a session of it."""
