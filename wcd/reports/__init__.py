"""Looking back and around: reads all rooms, writes nothing."""
