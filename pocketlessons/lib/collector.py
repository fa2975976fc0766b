"""Python's cycle collector, told what a server is."""

import gc

ALLOCATIONS_BETWEEN_RUNS = 20_000  # a page makes about 10,000 objects and almost no cycles


def spare_what_stays() -> None:
    """Never look again at what is loaded by now: modules, templates and URL patterns live as long as the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS_BETWEEN_RUNS, 50, 100)
