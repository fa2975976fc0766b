"""Pages that read several apps: the front, the Pocket and the Desk."""
