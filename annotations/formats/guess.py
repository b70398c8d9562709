"""A guess at a legacy encoding, when a text is neither marked nor UTF-8.

charset-normalizer judges by the mess that a wrong decoding makes, and needs some text for that: of
a few accented letters it calls most windows-1252 texts windows-1250 or worse. So the letters of the
commonest languages are tried first, which is exact for short texts; the rest is left to it.
"""

from __future__ import annotations

import re

_ALPHABETS = (
    ("cp1252", "àâæçéèêëîïôœùûüÿñ"),  # French
    ("cp1252", "äöüßéàèç"),  # German
    ("cp1252", "áéíóúñüç"),  # Spanish
    ("cp1252", "áàâãçéêíóôõúü"),  # Portuguese
    ("cp1252", "àèéìíîòóùú"),  # Italian
    ("cp1252", "åäöæøéüè"),  # Danish, Norwegian, Swedish, Finnish
    ("cp1252", "áðéíóúýþæö"),  # Icelandic
    ("cp1252", "àçèéíïòóúü·"),  # Catalan
    ("cp1254", "çğıöşüâîûİ"),  # Turkish
    ("cp1250", "áčďéěíňóřšťúůýž"),  # Czech
    ("cp1250", "ąćęłńóśźż"),  # Polish
    ("cp1250", "áéíóöőúüű"),  # Hungarian
    ("cp1250", "áäčďéíĺľňóôŕšťúýž"),  # Slovak
    ("cp1250", "čćđšž"),  # Croatian, Slovene
    ("cp1251", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№"),  # Russian, Bulgarian
    ("koi8_r", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    ("cp1251", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя№"),  # Ukrainian
    ("cp1253", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),  # Greek
    ("mac_roman", "àâæçéèêëîïôœùûüÿ"),
    ("mac_roman", "äöüß"),
    ("cp850", "äöüßéàèùâêîôûçñáíóú"),
)
_SIGNS = frozenset("“”‘’‚„«»‹›–—…•€£¥§©®™°±×÷¿¡·¶µ½¼¾²³ªº\u00a0\u00ad")
_CAPITAL_IN_WORD = re.compile(
    r"[a-zß-öø-ÿœšžа-яёα-ωάέήίόύώşğı][À-ÖØ-ÞŒŠŽŸА-ЯЁΑ-ΩŞĞĄĆĘŁŃŚŹŻČĎĚŇŘŤŮ]"
)
_MIXED_SCRIPTS = re.compile(r"[A-Za-z][Ͱ-ӿ]|[Ͱ-ӿ][A-Za-z]")
_SIGN_IN_WORD = re.compile(r"[^\W\d_][±×÷¿¡¶µ½¼¾²³ªº£¥§€][^\W\d_]")
_KANA = re.compile(r"[ぁ-ヿ]")
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[가-힣]")
_FREQUENT = {
    "gb18030": re.compile(
        "[的一是不了在人有我他这们中来上大为和国地到以说时要就出会可也你好对生能全理]"
    ),
    "big5": re.compile(
        "[的一是不了在人有我他這們中來上大為和國地到以說時要就出會可也你好對生能全理]"
    ),
}
_GUESSES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"),
    *("koi8_r", "mac_roman", "cp437", "cp866", "gb18030", "big5", "shift_jis", "euc_jp"),
]
_FALLBACK = "cp1252"


def guess(sample: bytes) -> str:
    """The likeliest encoding of ``sample``, by Python's name of it.

    Args:
        sample: the lines of a text that hold bytes above 127; some kilobytes are enough.
    """
    for name in ("shift_jis", "euc_jp", "euc_kr"):
        if _is_east_asian(sample, name):
            return name
    if chinese := _chinese(sample):
        return chinese
    for name, letters in _ALPHABETS:
        if _is_spelt(sample, name, letters):
            return name
    # Imported here, as most files never need it and it takes 40 ms.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_GUESSES).best()
    name = best.encoding if best is not None else _FALLBACK
    try:
        sample.decode(name)
    except UnicodeDecodeError:
        return "latin-1"
    return name


def _decoded(sample: bytes, name: str) -> str | None:
    try:
        return sample.decode(name)
    except UnicodeDecodeError:
        return None


def _is_spelt(sample: bytes, name: str, letters: str) -> bool:
    """Whether all of the sample's letters beyond ASCII belong to one language's alphabet."""
    text = _decoded(sample, name)
    if text is None:
        return False
    beyond = {character for character in text if character > "\x7f"}
    if not beyond <= {*letters, *letters.upper(), *_SIGNS}:
        return False
    if any(wrong.search(text) for wrong in (_CAPITAL_IN_WORD, _SIGN_IN_WORD, _MIXED_SCRIPTS)):
        return False
    small = sum(map(str.islower, text))
    return small >= sum(map(str.isupper, text)) or text.isupper()


def _is_east_asian(sample: bytes, name: str) -> bool:
    """Whether the text is Japanese with kana, or Korean, rather than another's bytes."""
    text = _decoded(sample, name)
    if text is None:
        return False
    beyond = sum(character > "\x7f" for character in text)
    if name == "euc_kr":
        return beyond > 3 and len(_HANGUL.findall(text)) * 20 >= beyond * 19
    kana = len(_KANA.findall(text))
    return kana * 5 >= beyond and (kana + len(_IDEOGRAPH.findall(text))) * 10 >= beyond * 7


def _chinese(sample: bytes) -> str:
    """The encoding in which the commonest characters of Chinese are common; or empty."""
    shares: dict[str, float] = {}
    for name, frequent in _FREQUENT.items():
        text = _decoded(sample, name) or ""
        ideographs = len(_IDEOGRAPH.findall(text))
        beyond = sum(character > "\x7f" for character in text)
        if ideographs and ideographs * 10 >= beyond * 7:
            shares[name] = len(frequent.findall(text)) / ideographs
    best = max(shares, key=shares.__getitem__, default="")
    return best if best and shares[best] >= 0.1 else ""
