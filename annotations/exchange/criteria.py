"""What a codebook says of a tag as one text: other programs have no more than a description."""

from __future__ import annotations

import re

from annotations.model import Tag

_LABELS = {"inclusion": "Include", "exclusion": "Exclude", "note": "Note"}
_NAMES = {label: name for name, label in _LABELS.items()}
_LABELLED = re.compile(rf"(?:\A|\n\n)({'|'.join(_NAMES)}): ")


def described(tag: Tag) -> str:
    """Its description, and what else is said of it in paragraphs with labels."""
    said = {label: getattr(tag, name) for name, label in _LABELS.items()}
    labelled = [f"{label}: {text}" for label, text in said.items() if text]
    return "\n\n".join(filter(None, (tag.description, *labelled)))


def parted(text: str) -> dict[str, str]:
    """What :func:`described` was made of, by the names of a :class:`~annotations.model.Tag`."""
    description, *labelled = _LABELLED.split(text)
    labels = labelled[::2]
    if len(set(labels)) < len(labels):
        return {"description": text}
    criteria = {_NAMES[label]: said for label, said in zip(labels, labelled[1::2], strict=True)}
    return {"description": description, **criteria}
