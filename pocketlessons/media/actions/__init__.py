"""What may be done to recordings, uploads and grants."""
