"""What is done to a recording's bytes, and the shut-in processes in which it is done."""
