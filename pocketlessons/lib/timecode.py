"""Durations and positions as people read them."""


def format_ms(milliseconds: int) -> str:
    """`252_000` → `4:12`, `3_723_000` → `1:02:03`. Rounds down, as a player's clock does."""
    seconds = max(0, milliseconds) // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"
