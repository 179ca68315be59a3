"""Typesetting: fonts, runs of scripts, fitting, QR symbols, pages; knows nothing of badges."""
