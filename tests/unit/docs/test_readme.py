"""The documentation and the code agree."""

import re
import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("docs/**/*.md")), ROOT / "README.md"]


def test_every_make_target_that_the_readme_names_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)(?=[`\s])", README)) - {"and"} <= targets


def mapped_paths() -> list[str]:
    """Return the paths of the README's map; an indented line lies in the folder named above it."""
    paths, parent = [], ""
    for line in README.split("## Where things are")[1].split("```")[1].strip().splitlines():
        names = re.split(r"\s{3,}", line.strip())[0].split()
        inside = line.startswith("  ")
        paths += [f"{parent if inside else ''}{name}" for name in names]
        parent = parent if inside else names[0]
    return paths


@pytest.mark.parametrize("path", mapped_paths())
def test_every_file_and_folder_of_the_map_exists(path: str):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_other_files_lead_somewhere(page: Path):
    prose = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)\)", prose):
        assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_lock_files_name_no_download_host():
    for lock in ROOT.glob("**/requirements*.txt"):
        if ".venv" not in lock.parts:
            assert not re.search(r"https?://|--index-url|--find-links", lock.read_text()), lock.name


def test_no_secret_database_or_model_is_tracked():
    command = ["git", "ls-files"]
    tracked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    assert not [name for name in tracked if re.search(r"\.(tar\.gz|sqlite3?|db|env)$|^var/|^models/|^\.venv", name)]
