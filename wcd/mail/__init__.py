"""Kinds of mail, the outbox and its delivery."""
