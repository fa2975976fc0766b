"""What is done to lessons and deliveries."""
