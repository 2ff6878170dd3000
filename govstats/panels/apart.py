"""Where files are written until they are whole: a hidden folder beside the target, gone in the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from govstats.errors import UsageError
from govstats.lang import Text


@contextmanager
def apart(target: Path) -> Iterator[Path]:
    """A folder on the target's file system, to move files from to their places as the last thing.

    Raises UsageError if something cannot be written. Only a process that is killed outright (SIGKILL, power cut) leaves
    the folder `.<target>.….part` behind; what stands at the target is whole all the same.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(Text(f"写不了 {target}：{reason}。", f"Cannot write {target}: {reason}.")) from error
