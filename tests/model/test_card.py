"""Weights are what their card says, or a sentence says that they are not."""

import shutil
from pathlib import Path

import pytest

from onrecord.errors import ModelError
from onrecord.model.card import FOLDER, load_card, verify
from onrecord.model.finder import Finder


def test_the_shipped_weights_are_those_on_their_card() -> None:
    verify()
    assert len(load_card().sha256) == 64


def test_missing_weights_are_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no weights in .*reinstall"):
        Finder(tmp_path)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    (folder / "encoder.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"encoder\.onnx is not the file on its card"):
        verify(folder)
    with pytest.raises(ModelError, match=r"encoder\.onnx cannot be loaded"):
        Finder(folder)
