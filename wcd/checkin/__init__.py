"""The door: gates, devices, the verdict, scans, numbers."""
