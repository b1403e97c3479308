"""What a stranger who clones the house may rely on."""

import re
import subprocess
from pathlib import Path

import polib

from teduh.vault.rules import ENDINGS

HOUSE = Path(__file__).resolve().parents[2]
LOCKS = (
    "package-lock.json",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-uv.txt",
    ".npmrc",
)
# Addresses of registries say where the lock was made; those of funding pages say who wrote a part.
REGISTRY = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|\"resolved\"")
FUNDING = re.compile(r'^\s*"url": "https?://')
OWN_TEXT = {
    ".py",
    ".sh",
    ".ts",
    ".mjs",
    ".md",
    ".toml",
    ".json",
    ".css",
    ".html",
    ".po",
    ".txt",
    "",
}
FOLDER_OF_A_MACHINE = re.compile(r"(?<![\w.~$}/-])/(?:work|home|root|Users|mnt)/\w")
# Phrases never to use: they blame, doubt or settle (list of the office's wording guide).
BANNED = (
    "kenapa tidak melawan",
    "kenapa baru lapor",
    "pakai baju apa",
    "mengaku diperkosa",
    "oknum",
    "digagahi",
    "aib keluarga",
    "diselesaikan secara kekeluargaan",
    "suka sama suka",
    "korban nakal",
    "janda",
    "menodai",
    "laporan palsu",
    "curhat",
    "buktikan",
)


def files() -> list[Path]:
    """Every file of the repository, or of its copy where git is missing."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=HOUSE,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        hidden = {".venv", "node_modules", "var", "built", ".tools", ".git"}
        paths = [path.relative_to(HOUSE) for path in HOUSE.rglob("*") if path.is_file()]
        return [HOUSE / path for path in paths if not hidden & set(path.parts)]
    return [HOUSE / name for name in listed if name and (HOUSE / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Path and content of every text file that we wrote."""
    own = [path for path in files() if path.suffix in OWN_TEXT and path.name != "LICENSE"]
    return [(str(p.relative_to(HOUSE)), p.read_text(encoding="utf-8")) for p in own]


def test_lock_files_carry_no_address() -> None:
    told = [
        f"{name}:{number}"
        for name in LOCKS
        for number, line in enumerate((HOUSE / name).read_text(encoding="utf-8").splitlines(), 1)
        if REGISTRY.search(line) and not FUNDING.search(line)
    ]
    assert told == []


def test_every_requirement_is_pinned_by_hash() -> None:
    for name in LOCKS[1:4]:
        pinned = re.split(r"\n(?=\w)", (HOUSE / name).read_text(encoding="utf-8"))
        loose = [block.split()[0] for block in pinned if "==" in block and "--hash=" not in block]
        assert loose == [], name


def test_no_file_carries_a_path_of_the_machine_it_was_written_on() -> None:
    assert [name for name, text in texts() if FOLDER_OF_A_MACHINE.search(text)] == []


def test_the_licence_is_whole() -> None:
    text = (HOUSE / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    for number in range(18):
        assert re.search(rf"^\s*{number}\. ", text, re.MULTILINE), number
    assert "END OF TERMS AND CONDITIONS" in text


def test_no_page_uses_a_phrase_that_blames_or_doubts() -> None:
    pages = [(name, text) for name, text in texts() if "/templates/" in name]
    used = [f"{name}: {phrase}" for name, text in pages for phrase in said_in(text)]
    for path in sorted((HOUSE / "locale").rglob("*.po")):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            used += [f"{path.parent.parent.name}: {one}" for one in said_in(entry.msgid)]
    assert used == []


def test_no_sentence_in_the_code_uses_such_a_phrase_either() -> None:
    code = [(name, text) for name, text in texts() if name.startswith(("src/", "browser/"))]
    used = [
        f"{name}: {phrase}"
        for name, text in code
        if name.endswith((".py", ".ts", ".toml"))
        for phrase in said_in(text)
    ]
    assert used == []


def said_in(text: str) -> list[str]:
    """The banned phrases in a text, as whole words, over line breaks and in any case."""
    plain = re.sub(r"\s+", " ", text.lower())
    return [phrase for phrase in BANNED if re.search(rf"\b{phrase}\b", plain)]


def test_every_setting_is_documented() -> None:
    settings = (HOUSE / "src/teduh/config/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"\b(?:env|yes)\(\"([A-Z0-9_]+)\"", settings))
    elsewhere = set(re.findall(r"\bTEDUH_([A-Z0-9_]+)\b", read_from_the_environment()))
    documented = set(re.findall(r"`TEDUH_([A-Z0-9_]+)`", docs_of_settings()))
    assert read, "settings.py reads its environment in another way now"
    assert (read | elsewhere) - documented == set()


def test_no_documented_setting_is_gone() -> None:
    known = "\n".join(text for name, text in texts() if not name.startswith("docs/"))
    gone = [
        name
        for name in re.findall(r"^\| `TEDUH_([A-Z0-9_]+)`", docs_of_settings(), re.MULTILINE)
        if f"TEDUH_{name}" not in known and f'"{name}"' not in known
    ]
    assert gone == []


def read_from_the_environment() -> str:
    """Lines outside settings.py that read our variables."""
    reading = re.compile(r"environ|\$\{?TEDUH_")
    return "\n".join(
        line
        for name, text in texts()
        if name.startswith(("src/", "scripts/", "tests/support/"))
        for line in text.splitlines()
        if reading.search(line)
    )


def docs_of_settings() -> str:
    return (HOUSE / "docs" / "settings.md").read_text(encoding="utf-8")


def test_browser_and_server_know_the_same_endings_of_a_file_of_the_office() -> None:
    source = (HOUSE / "browser" / "intake" / "received.ts").read_text(encoding="utf-8")
    listed = re.search(r"ENDINGS = /\\\.\(([a-z|]+)\)\$/i", source)
    assert listed
    assert set(listed[1].split("|")) == ENDINGS
