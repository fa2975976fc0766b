"""Bytes on their way into the vault: who may write, what was written, and what it hashes to."""
