"""Pages and endpoints of recordings."""
