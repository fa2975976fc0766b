"""A small studio to look at: Ines, Maya, Leo, Ana and Ruth, with lessons in different states."""

from pocketlessons.pages.demo.studio import demo_links, fill_when_empty

__all__ = ["demo_links", "fill_when_empty"]
