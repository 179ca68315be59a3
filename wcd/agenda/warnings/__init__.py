"""Warnings: what would go wrong if the agenda were held as it is planned. Nothing here changes it."""
