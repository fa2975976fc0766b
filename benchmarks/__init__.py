"""What we claim about speed and cost, as commands that print ratios and CPU seconds."""
