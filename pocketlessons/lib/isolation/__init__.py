"""Giving up, for good and for this process alone, whatever reading a hostile file does not need."""

from pocketlessons.lib.isolation.isolate import Layer, isolate
from pocketlessons.lib.isolation.limits import forget_environment

__all__ = ["Layer", "forget_environment", "isolate"]
