"""Several acts in the same moment, each on a connection of its own."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import TypeVar

from django.db import connections

Done = TypeVar("Done")


def together(acts: Sequence[Callable[[], Done]], *late: type[Exception]) -> list[Done]:
    """Do all of these in the same moment; answers what came of those that did not come too late."""
    ready, done, broken = Barrier(len(acts)), list[Done](), list[BaseException]()

    def run(act: Callable[[], Done]) -> None:
        try:
            ready.wait()
            done.append(act())
        except late:
            pass
        except BaseException as error:
            broken.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return done
