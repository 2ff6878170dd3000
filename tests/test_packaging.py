"""However it is installed, the package finds its schemas and samples."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROBE = (
    "import govstats, govstats.resources as r; from govstats.formats import known_formats; "
    "from govstats.rules import known_rules; "
    "print(r.schemas()); print(len(known_formats()), len(known_rules()), len(govstats.samples())); "
    "print(govstats.audit(govstats.samples()).summary)"
)


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pip(python: Path | str, *arguments: str | Path, cwd: Path) -> None:
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


def environment(folder: Path) -> Path:
    """A fresh environment that sees the libraries of this one, but not its govstats."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = next(path for path in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if path.exists())
    site = Path(run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=folder).strip())
    here = [path for path in sys.path if path.endswith("site-packages")]
    (site / "libraries.pth").write_text("\n".join(here) + "\n", "utf-8")
    return python


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
    ):
        assert name in names
    shipped = {name for name in names if name.endswith(".py")}
    assert shipped == {path.relative_to(ROOT).as_posix() for path in (ROOT / "govstats").rglob("*.py")}


def test_a_wheel_installed_elsewhere_works(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "env")
    site = run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=tmp_path).strip()
    pip(sys.executable, "--target", site, wheel, cwd=tmp_path)
    assert probe(python, tmp_path).startswith(site)


@pytest.mark.parametrize("editable", [False, True])
def test_pip_install_from_the_source_works(source: Path, tmp_path: Path, editable: bool) -> None:
    python = environment(tmp_path / "env")
    site = run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=tmp_path).strip()
    pip(sys.executable, "--target", site, *(["--editable"] if editable else []), str(source), cwd=tmp_path)
    assert probe(python, tmp_path).startswith(str(source) if editable else site)


def test_a_wheel_works_without_being_unpacked(wheel: Path, tmp_path: Path) -> None:
    """Schemas are found by path, so a zipped wheel is told to be installed instead of failing obscurely."""
    code = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); from govstats.formats import known_formats; known_formats()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or "CatalogError" in done.stderr
