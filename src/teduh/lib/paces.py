"""How often is too often: counted in this process's memory, forgotten as it runs off."""

import threading
from dataclasses import dataclass
from datetime import datetime
from math import ceil

BACK = 60.0  # seconds a clock may go back unnoticed: answers overtake each other, NTP corrects
MOST = 50_000  # keys; a few MB. A counter that is full forgets everything and begins again


@dataclass(frozen=True, slots=True)
class Pace:
    """`free` things at once, and after them one more every `seconds`; beyond `over`, no count."""

    free: int
    seconds: float
    over: int = 0


class Counter:
    """What each key has done. A key is a mark of the day; an empty one is not counted."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._latest = 0.0  # when anything was counted last
        self._even: dict[str, float] = {}  # key -> when everything it did has run off
        self._lock = threading.Lock()

    def add(self, key: str, at: datetime) -> int:
        """Count one more; answers by how many the key is over what is free, 0 within it."""
        if not key:
            return 0
        now = at.timestamp()
        with self._lock:
            self._follow(now)
            self._make_room(now)
            held = max(0.0, self._even.get(key, now) - now) / self.pace.seconds + 1
            held = min(held, self.pace.free + self.pace.over)
            self._even[key] = now + held * self.pace.seconds
        return max(0, ceil(held) - self.pace.free)

    def seconds_to_wait(self, key: str, at: datetime) -> int:
        """Whole seconds until one more is free; 0 now. Counts nothing."""
        with self._lock:
            self._follow(at.timestamp())
        room = self.pace.free * self.pace.seconds
        owed = self._even.get(key, 0.0) - at.timestamp() + self.pace.seconds
        return max(0, ceil(owed - room))

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._even.clear()

    def _follow(self, now: float) -> None:
        """After the clock went back, what was counted runs off as if it had not."""
        back = self._latest - now
        if back > BACK:
            self._even = {key: even - back for key, even in self._even.items()}
        if back < 0 or back > BACK:
            self._latest = now

    def _make_room(self, now: float) -> None:
        if len(self._even) < MOST:
            return
        self._even = {key: even for key, even in self._even.items() if even > now}
        if len(self._even) >= MOST:
            self._even.clear()
