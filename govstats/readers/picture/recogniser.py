"""Pictures of lines → what stands in them, by the network that lies in the wheel of `rapidocr`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import cv2
import numpy as np

from govstats.readers.picture.ctc import Floats
from govstats.readers.picture.network import model_path
from govstats.readers.picture.paper import Bytes

T = TypeVar("T")

_HEIGHT = 48
_NARROWEST = 48
_WIDEST = 1600
_STEP = 16
_PIXELS = 768
"""So many columns of pixels are recognised at once."""
_THREADS = 2


class Recogniser:
    """The network, loaded once a process, and the characters that it knows."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(_THREADS, cores())
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        self._session: Any = onnxruntime.InferenceSession(
            str(model_path()), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        named = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self.characters: tuple[str, ...] = ("", *named, " ")

    def read(self, lines: Sequence[Bytes], kept: Callable[[Floats], T]) -> list[T]:
        """For each line (grey, of any height) what is `kept` of its steps × characters probabilities, of which all
        lines together have a hundred million."""
        scaled = [_scaled(line) for line in lines]
        order = sorted(range(len(lines)), key=lambda at: scaled[at].shape[1])
        found: dict[int, T] = {}
        for batch in _batches(order, [each.shape[1] for each in scaled]):
            width = max(scaled[at].shape[1] for at in batch)
            tensor = np.zeros((len(batch), 3, _HEIGHT, width), np.float32)
            for row, at in enumerate(batch):
                tensor[row, :, :, : scaled[at].shape[1]] = scaled[at].astype(np.float32) / 127.5 - 1
            (output,) = self._session.run(None, {self._input: tensor})
            for row, at in enumerate(batch):
                found[at] = kept(output[row])
        return [found[at] for at in range(len(lines))]


def _scaled(line: Bytes) -> Bytes:
    height, width = line.shape
    wide = min(_WIDEST, max(8, round(width * _HEIGHT / height)))
    method = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    scaled: Bytes = cv2.resize(line, (wide, _HEIGHT), interpolation=method)
    least = max(_NARROWEST, -(-wide // _STEP) * _STEP)
    left = (least - wide) // 2
    return np.pad(scaled, ((0, 0), (left, least - wide - left)), constant_values=255)


def _batches(order: list[int], widths: list[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for at in order:
        if batch and (len(batch) + 1) * widths[at] > _PIXELS:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
