"""What may be done to lessons and deliveries."""
