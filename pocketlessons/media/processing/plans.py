"""Plans of virtual files, parsed once and kept in memory while they are played."""

import threading
import uuid
from collections import OrderedDict

from mediakit.virtual import VirtualFile
from pocketlessons.lib.vault import current_vault
from pocketlessons.media.models import Recording

PLAN = "plan"
KEPT_BYTES = 48 * 1024**2
SEGMENT_BYTES = 200  # of a Python object with its numbers


class PlanCache:
    """The plans last used, as many as fit into `capacity` bytes. Threads may share it."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._held = 0
        self._lock = threading.Lock()
        self._plans: OrderedDict[uuid.UUID, VirtualFile] = OrderedDict()

    def get(self, recording: Recording) -> VirtualFile:
        """The plan of a recording that plays as a virtual file. Raises VaultError, ValueError.

        Plans never change, and whoever asks has been let in before: so the id is enough of a key.
        """
        with self._lock:
            plan = self._plans.get(recording.pk)
            if plan is not None:
                self._plans.move_to_end(recording.pk)
                return plan
        plan = VirtualFile.from_bytes(current_vault().get_small(recording.pk, recording.wrapped_key, PLAN))
        self._keep(recording.pk, plan)
        return plan

    def _keep(self, recording_id: uuid.UUID, plan: VirtualFile) -> None:
        weight = _weight(plan)
        with self._lock:
            if recording_id in self._plans or weight > self._capacity:
                return
            self._plans[recording_id] = plan
            self._held += weight
            while self._held > self._capacity:
                _, oldest = self._plans.popitem(last=False)
                self._held -= _weight(oldest)


def _weight(plan: VirtualFile) -> int:
    literals = sum(len(segment.literal or b"") for segment in plan.segments)
    patches = len(plan.patch_offsets) + len(plan.patch_values)
    return literals + patches + SEGMENT_BYTES * len(plan.segments)


PLANS = PlanCache(KEPT_BYTES)
