"""However it is installed, the package finds its schemas and samples."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.folders import ROOT

PROBE = (
    "import govstats, govstats.catalog.resources as r; from govstats.catalog.formats import known_formats; "
    "from govstats.catalog.rules import known_rules; "
    "print(r.schemas()); print(len(known_formats()), len(known_rules()), len(govstats.samples())); "
    "print(govstats.audit(govstats.samples()).summary)"
)


def run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False, env=clean)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pip(python: Path, *arguments: str | Path, cwd: Path) -> None:
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean copy of what git tracks, so that building leaves nothing behind."""
    folder = tmp_path_factory.mktemp("source")
    tracked = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT).splitlines()
    for name in tracked:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, cwd=source)
    return next(target.glob("*.whl"))


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """The interpreter of a fresh environment that sees the libraries of this one, but not its govstats."""
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    names = [tmp_path / "env" / "bin" / "python", tmp_path / "env" / "Scripts" / "python.exe"]
    interpreter = next(name for name in names if name.exists())
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for folder in (Path(path) for path in sys.path if path.endswith("site-packages")):
        for entry in folder.iterdir():
            if "govstats" not in entry.name.lower() and not (libraries / entry.name).exists():
                (libraries / entry.name).symlink_to(entry)
    (site_of(interpreter) / "libraries.pth").write_text(f"{libraries}\n", "utf-8")
    return interpreter


def site_of(python: Path) -> Path:
    """Where an interpreter's packages go."""
    return Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=python.parent).strip()
    )


def probe(python: Path, elsewhere: Path) -> str:
    """What an interpreter says of govstats, away from the checkout."""
    told = run(python, "-c", PROBE, cwd=elsewhere)
    assert "1 个错误" in told
    return told.splitlines()[0]


def test_a_wheel_holds_schemas_and_samples(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "govstats/py.typed",
        "govstats/schemas/formats/national-2021.yaml",
        "govstats/schemas/rules/T304-total-not-filled.yaml",
        "govstats/schemas/pandera/national-2021.applications.yaml",
        "govstats/schemas/meta/format.schema.json",
        "govstats/samples/zhaotong-2021.html",
        *(path.relative_to(ROOT).as_posix() for path in (ROOT / "govstats" / "display" / "templates").iterdir()),
    ):
        assert name in names
    shipped = {name for name in names if name.endswith(".py")}
    assert shipped == {path.relative_to(ROOT).as_posix() for path in (ROOT / "govstats").rglob("*.py")}


def test_a_wheel_installed_elsewhere_works(wheel: Path, python: Path, tmp_path: Path) -> None:
    pip(python, wheel, cwd=tmp_path)
    assert probe(python, tmp_path).startswith(str(site_of(python)))


def test_pip_install_from_the_source_works(source: Path, python: Path, tmp_path: Path) -> None:
    pip(python, str(source), cwd=tmp_path)
    assert probe(python, tmp_path).startswith(str(site_of(python)))


def test_an_editable_install_works(source: Path, python: Path, tmp_path: Path) -> None:
    pip(python, "--editable", str(source), cwd=tmp_path)
    assert probe(python, tmp_path).startswith(str(source))
