"""`python -m tests.fuzz`: every target for a while, by atheris, each in a process of its own.

`--runs` and `--seconds` bound each target; `--only` names some. What breaks is kept in `--artifacts`, and told.
Coverage guides it: of what is in govstats, every branch taken for the first time keeps its input for breeding.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.targets import FOUND, targets

_LONGEST = 2**16
_HANGS = 300
"""Seconds by the clock: an input that is only slow is told by its processor time."""
_SECONDS = 10.0
"""Of processor time: past them a worker would end the document."""
_MEMORY = 3000
"""Megabytes."""


def main() -> int:
    """The number of targets in which something broke."""
    options = _options()
    if options.inside:
        _fuzz(options)
    names = options.only or list(targets())
    broken = [name for name in names if not _ran(name, options)]
    print(f"{len(names)} targets, {len(broken)} with faults: {' '.join(broken)}")
    return len(broken)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--artifacts", type=Path, default=Path(tempfile.gettempdir()) / "govstats-fuzz")
    parser.add_argument("--corpus", type=Path, help="a folder in which what was bred is kept for another run")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    return parser.parse_args()


def _ran(name: str, options: argparse.Namespace) -> bool:
    """One target in a process of its own, which libFuzzer ends."""
    options.artifacts.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz", "--inside", name, "--artifacts", str(options.artifacts)]
    command += ["--runs", str(options.runs), "--seconds", str(options.seconds), "--seed", str(options.seed)]
    command += ["--corpus", str(options.corpus)] if options.corpus else []
    alone = {**os.environ, "PATH": ""}  # no other program is asked: what is fuzzed is ours
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, env=alone)
    told = re.findall(r"^(?:Done (\d+) runs in (\d+) second|#(\d+))", done.stderr, re.MULTILINE)
    runs = max((int(each[0] or each[2]) for each in told), default=0)
    covered = re.findall(r"cov: (\d+)", done.stderr)
    print(f"{name:12} {runs:8} inputs, {covered[-1] if covered else 0} branches", flush=True)
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-3000:], sep="\n", flush=True)
    return done.returncode == 0


def _fuzz(options: argparse.Namespace) -> None:
    import atheris

    with atheris.instrument_imports(include=["govstats"]):
        from tests.fuzz.judging import judge

    name = options.inside
    target = targets()[name]
    with tempfile.TemporaryDirectory() as folder:
        corpus = options.corpus / name if options.corpus else Path(folder)
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(target.seeds()):
            (corpus / f"seed-{number}").write_bytes(seed)
            judge(target.document(seed))
        known = [str(FOUND / name)] if (FOUND / name).is_dir() else []
        arguments = [sys.argv[0], str(corpus), *known, f"-runs={options.runs}", f"-max_total_time={options.seconds}"]
        arguments += [f"-max_len={_LONGEST}", f"-timeout={_HANGS}", f"-rss_limit_mb={_MEMORY}", f"-seed={options.seed}"]
        arguments += [f"-artifact_prefix={options.artifacts / name}-", "-print_final_stats=1"]
        atheris.Setup(arguments, lambda data: _in_time(judge, target.document(data)))
        atheris.Fuzz()


def _in_time(judge: Callable[[bytes], None], document: bytes) -> None:
    """Judge it. Raises TimeoutError if a worker would have ended it by then: libFuzzer keeps such an input."""
    begun = time.process_time()
    judge(document)
    if time.process_time() - begun > _SECONDS:
        raise TimeoutError("too slow")


if __name__ == "__main__":
    sys.exit(main())
