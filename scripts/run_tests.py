"""Run the parts of the tests one after the other and say what ran (called by scripts/test)."""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE))

from tests.support import postgres  # noqa: E402  after the path is set

PYTHON = sys.executable
DJADE = str(Path(sys.executable).parent / "djade")  # cannot be started with -m
NODE = os.environ.get("NODE") or shutil.which("node") or "node"
WORKERS = "2"
LINES_OF_A_GOOD_PART = 3
LONGEST = 30 * 60  # seconds; a part that hangs is ended, in the long run after three times that
NOT_HERE = ("--ignore=tests/walks", "--ignore=tests/house/test_translations.py")  # own parts
NOTHING_COLLECTED = 5  # pytest's word for it
OUTER = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith("TEDUH_") and name != "PYTHONDONTWRITEBYTECODE"
}
# Tests start hundreds of processes: none compiles again what an earlier one has compiled.
COMPILED = HOUSE / ".tools" / "bytecode"
KEPT = ("TEDUH_CHROMIUM", "TEDUH_LONG")


class CouldNotRun(Exception):
    """What a part stands on is missing; the text says what."""


@dataclass
class Outcome:
    """What one part printed, whether it was good, and how many tests it held."""

    good: bool = True
    text: str = ""
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    could_run: bool = True
    seconds: float = 0.0

    @property
    def word(self) -> str:
        """How the table calls it."""
        if not self.could_run:
            return "COULD NOT RUN"
        return "passed" if self.good else "FAILED"


@dataclass(frozen=True)
class Part:
    """A named part and how to run it."""

    name: str
    about: str
    run: Callable[[], Outcome]


@dataclass
class Run:
    """Every outcome so far."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def count(self, what: str) -> int:
        """Tests of all parts, and each part that holds none as one."""
        total = 0
        for outcome in self.outcomes.values():
            total += int(getattr(outcome, what))
            if not outcome.passed + outcome.failed:
                total += {"passed": outcome.good, "failed": not outcome.good}.get(what, False)
            elif what == "failed" and not outcome.good and not outcome.failed:
                total += 1
        return total


# --- the parts -----------------------------------------------------------------------------------


def lint() -> Outcome:
    """Ruff, the templates' own linters, biome."""
    pages = sorted(str(path) for path in (HOUSE / "src").rglob("*.html"))
    biome = "node_modules/@biomejs/biome/bin/biome"
    return commands(
        [PYTHON, "-m", "ruff", "check", "."],
        [PYTHON, "-m", "ruff", "format", "--check", "."],
        [DJADE, "--check", "--target-version", "5.2", *pages] if pages else [],
        [PYTHON, "-m", "djhtml", "--check", "--tabwidth", "2", *pages] if pages else [],
        [NODE, biome, "check", "--error-on-warnings"],
    )


def types() -> Outcome:
    """Both languages, strict."""
    return commands(
        [PYTHON, "-m", "mypy"],
        [NODE, "node_modules/typescript/bin/tsc", "--noEmit"],
    )


def floors() -> Outcome:
    """Who may import whom."""
    return commands(
        [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"],
        PYTHONPATH="src",
    )


def translations() -> Outcome:
    """Every sentence has its English."""
    return pytest("tests/house/test_translations.py")


def migrations() -> Outcome:
    """No change of a model waits for its migration."""
    with tempfile.TemporaryDirectory() as folder:
        return commands(
            [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], TEDUH_VAR=folder
        )


def script() -> Outcome:
    """The browser's modules, run by node."""
    tests = sorted(str(path.relative_to(HOUSE)) for path in (HOUSE / "browser").rglob("*.test.ts"))
    if not tests:
        raise CouldNotRun("browser/ holds no *.test.ts")
    with tempfile.TemporaryDirectory(prefix="teduh-script-") as folder:
        bundled = commands(
            [NODE, "node_modules/esbuild/bin/esbuild", *tests, "--bundle", "--platform=node",
             "--format=esm", "--out-extension:.js=.mjs", "--loader:.txt=text", "--external:/s/*",
             "--log-level=warning", f"--outdir={folder}"],
        )  # fmt: skip
        if not bundled.good:
            return bundled
        made = sorted(str(path) for path in Path(folder).rglob("*.test.mjs"))
        outcome = commands(
            [NODE, "--test", f"--test-concurrency={WORKERS}", "--test-reporter=tap", *made]
        )
    outcome.passed = told(outcome.text, "pass")
    outcome.failed = told(outcome.text, "fail")
    outcome.skipped = told(outcome.text, "skipped")
    return outcome


def sqlite() -> Outcome:
    """Everything but the walks, on SQLite."""
    return pytest("tests", *NOT_HERE, "-n", WORKERS)


def on_postgres() -> Outcome:
    """The same on PostgreSQL."""
    try:
        with postgres.running() as addresses:
            return pytest(
                "tests",
                *NOT_HERE,
                "-n",
                WORKERS,
                TEDUH_DATABASE_URL=addresses.house,
                TEDUH_SHRED_DATABASE_URL=addresses.shred,
            )
    except postgres.NoPostgres as reason:
        raise CouldNotRun(str(reason)) from reason


def walks() -> Outcome:
    """People's stories in a browser."""
    return pytest("tests/walks", "-n", WORKERS)


PARTS = (
    Part("lint", "ruff, templates, biome", lint),
    Part("types", "mypy, tsc", types),
    Part("floors", "import-linter", floors),
    Part("translations", "every sentence in English", translations),
    Part("migrations", "none is missing", migrations),
    Part("script", "browser/ under node", script),
    Part("sqlite", "tests on SQLite", sqlite),
    Part("postgres", "the same on PostgreSQL", on_postgres),
    Part("walks", "stories in a browser", walks),
)


# --- running -------------------------------------------------------------------------------------


def commands(*lines: list[str], **surroundings: str) -> Outcome:
    """Run each command, the later ones even when an earlier one failed."""
    outcome = Outcome()
    texts = []
    for line in filter(None, lines):
        done = run(line, **surroundings)
        outcome.good &= done.returncode == 0
        texts.append(done.stdout.strip())
    outcome.text = "\n".join(filter(None, texts))
    return outcome


def run(line: list[str], **surroundings: str) -> "subprocess.CompletedProcess[str]":
    """One command from the root of the house, in demo surroundings and no others."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    with subprocess.Popen(
        line,
        cwd=HOUSE,
        env={
            "PYTHONPYCACHEPREFIX": str(COMPILED),
            **OUTER,
            **kept,
            "TEDUH_DEMO": "1",
            "NO_COLOR": "1",
            **surroundings,
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as started:
        try:
            said, _ = started.communicate(
                timeout=LONGEST * (3 if os.environ.get("TEDUH_LONG") else 1)
            )
        except BaseException as reason:
            end_group(started)
            if not isinstance(reason, subprocess.TimeoutExpired):
                raise
            said = f"{started.communicate()[0]}\nended: it took too long"
    return subprocess.CompletedProcess(line, started.returncode, said)


def end_group(started: "subprocess.Popen[str]") -> None:
    """End a part with the browser and the server it started, politely first."""
    os.killpg(started.pid, signal.SIGINT)
    time.sleep(3)
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)


def pytest(*arguments: str, **surroundings: str) -> Outcome:
    """Run pytest and count from its report, which outlives changes of its closing line."""
    with tempfile.TemporaryDirectory(prefix="teduh-report-") as folder:
        report = Path(folder) / "report.xml"
        told = ["-rs", "--durations=25", f"--junitxml={report}", "--dist=worksteal"]
        done = run([PYTHON, "-m", "pytest", *arguments, *told], **surroundings)
        if done.returncode == NOTHING_COLLECTED:
            raise CouldNotRun(f"no test in {arguments[0]}\n{done.stdout.strip()}")
        outcome = Outcome(good=done.returncode == 0, text=done.stdout.strip())
        if report.is_file():
            count(report, outcome)
    return outcome


def count(report: Path, outcome: Outcome) -> None:
    """Add the numbers of a JUnit report."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314  our own file
    for suite in suites:
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        outcome.failed += failed
        outcome.skipped += skipped
        outcome.passed += max(tests - failed - skipped, 0)


def told(text: str, word: str) -> int:
    """A number from the closing lines of node's test runner."""
    found = re.findall(rf"^# {word} (\d+)$", text, re.MULTILINE)
    return int(found[-1]) if found else 0


@contextmanager
def ending_children() -> Iterator[None]:
    """Turn a polite kill into an exception, so that a started PostgreSQL is ended too."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def perform(part: Part) -> Outcome:
    """Run one part, timed; a part that cannot run is an outcome too."""
    begun = time.monotonic()
    try:
        outcome = part.run()
    except CouldNotRun as reason:
        outcome = Outcome(good=False, could_run=False, text=str(reason))
    outcome.seconds = time.monotonic() - begun
    return outcome


# --- saying --------------------------------------------------------------------------------------


def show(part: Part, outcome: Outcome) -> None:
    """The whole output of a part that failed, the end of one that passed."""
    say(f"\n── {part.name}: {outcome.word} in {outcome.seconds:.1f} s")
    lines = outcome.text.splitlines()
    say("\n".join(lines[-LINES_OF_A_GOOD_PART:] if outcome.good else lines))


def reasons(run_: Run) -> None:
    """Why each test that was skipped was skipped, under the name of its part."""
    for name, outcome in run_.outcomes.items():
        skipped = [line for line in outcome.text.splitlines() if line.startswith("SKIPPED ")]
        for line in dict.fromkeys(skipped):
            say(f"{name}: {line}")


def table(run_: Run, without: set[str]) -> None:
    """What ran, how it ended, how long it took."""
    say(f"\n{'part':<14}{'result':<15}{'tests':>6}{'seconds':>9}   what")
    for part in PARTS:
        outcome = run_.outcomes.get(part.name)
        if outcome is None:
            if part.name in without:
                say(f"{part.name:<14}{'left out':<15}{'':>6}{'':>9}   {part.about}")
            continue
        tests = outcome.passed + outcome.failed or ""
        say(f"{part.name:<14}{outcome.word:<15}{tests:>6}{outcome.seconds:>9.1f}   {part.about}")


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def wish() -> argparse.Namespace:
    """What the command line asks for."""
    names = [part.name for part in PARTS]
    parser = argparse.ArgumentParser(
        prog="scripts/test", epilog="parts: " + ", ".join(f"{p.name} ({p.about})" for p in PARTS)
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="only these parts")
    parser.add_argument("--without", action="append", default=[], metavar="PART", choices=names)
    parser.add_argument("--long", action="store_true", help="also what takes over a minute")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(names)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return asked


def main() -> None:
    """Run what was asked for; the exit code is 0 only when everything ran and passed."""
    asked = wish()
    if asked.long:
        os.environ["TEDUH_LONG"] = "1"
    without = set(asked.without)
    chosen = [
        part
        for part in PARTS
        if part.name not in without and (not asked.parts or part.name in asked.parts)
    ]
    begun = time.monotonic()
    whole = Run()
    built = commands(["bash", "scripts/build"])
    if not built.good:
        say(f"\n── build: FAILED\n{built.text}")
    with ending_children():
        for part in chosen:
            outcome = perform(part)
            whole.outcomes[part.name] = outcome
            show(part, outcome)
    table(whole, without)
    say(f"\nAll of it took {time.monotonic() - begun:.0f} s.")
    passed, failed = whole.count("passed"), whole.count("failed") + (not built.good)
    skipped = whole.count("skipped")
    reasons(whole)
    say(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(0 if failed == 0 and chosen else 1)


if __name__ == "__main__":
    main()
