"""A guess at a legacy encoding, when a text is neither marked nor UTF-8.

charset-normalizer judges by the mess that a wrong decoding makes, and needs some text for that: of
a few accented letters it calls most windows-1252 texts windows-1250 or worse. So the letters of the
commonest languages are tried first, which is exact for short texts; the rest is left to it.
"""

from __future__ import annotations

import re

_CYRILLIC = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№",  # Russian, Bulgarian
    "абвгґдеєёжзиіїйклмнопрстуўфхцчшщыьэюя№",  # Ukrainian, Belarusian
    "абвгдђѓежзѕијклљмнњопрстћќуфхцчџш",  # Serbian, Macedonian
)
_HEBREW = "אבגדהוזחטיךכלםמןנסעףפץצקרשת"
_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی،؛؟ًٌٍَُِّْ"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ·"
_LATIN = (
    ("cp1252", "àâæçéèêëîïôœùûüÿñ"),  # French
    ("cp1252", "äöüßéàèç"),  # German
    ("cp1252", "áéíóúñüç"),  # Spanish
    ("cp1252", "áàâãçéêíóôõúü"),  # Portuguese
    ("cp1252", "àèéìíîòóùú"),  # Italian
    ("cp1252", "åäöæøéüè"),  # Danish, Norwegian, Swedish, Finnish
    ("cp1252", "áðéíóúýþæö"),  # Icelandic
    ("cp1252", "àçèéíïòóúü·"),  # Catalan
    ("cp1254", "çğıöşüâîûİ"),  # Turkish
    *(
        (name, letters)
        for letters in (
            "áčďéěíňóřšťúůýž",  # Czech
            "ąćęłńóśźż",  # Polish
            "áéíóöőúüű",  # Hungarian
            "áäčďéíĺľňóôŕšťúýž",  # Slovak
            "čćđšž",  # Croatian, Slovene
        )
        for name in ("cp1250", "iso8859_2")
    ),
)
"""Encodings with the letters beyond ASCII of a language that is written in Latin letters."""
_OLD_LATIN = (
    ("mac_roman", "àâæçéèêëîïôœùûüÿ"),
    ("mac_roman", "äöüß"),
    ("cp850", "äöüßéàèùâêîôûçñáíóú"),
)
"""The same for encodings that nothing is written in any more."""
_SCRIPTS = (
    *(
        (name, letters, "аеионтсрвл")
        for letters in _CYRILLIC
        for name in (
            *("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic", "cp855"),
        )
    ),
    ("cp1253", _GREEK, "αοιετσνηυρά"),
    ("iso8859_7", _GREEK, "αοιετσνηυρά"),
    ("cp1255", _HEBREW, "יוהלארתבשמ"),
    ("cp1256", _ARABIC, "ايلمنورتبعه"),
    ("iso8859_6", _ARABIC, "ايلمنورتبعه"),
)
"""Encodings of other scripts, with their letters and those that are half of any text."""
_SIGNS = frozenset("“”‘’‚„«»‹›–—…•€£¥§©®™°±×÷¿¡·¶µ½¼¾²³ªº\u00a0\u00ad")
_CAPITAL_IN_WORD = re.compile(r"[a-zß-öø-ÿœšžа-џα-ωάέήίόύώşğı][À-ÖØ-ÞŒŠŽŸЀ-ЯΑ-ΩŞĞĄĆĘŁŃŚŹŻČĎĚŇŘŤŮ]")
_MIXED_SCRIPTS = re.compile(r"[A-Za-z][Ͱ-ۿ]|[Ͱ-ۿ][A-Za-z]")
_SIGN_IN_WORD = re.compile(r"[^\W\d_](?:[±×÷¿¡¶]|[µ½¼¾²³ªº£¥§€][^\W\d_])")
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
    *("koi8_r", "mac_roman", "cp437", "cp866", "gb18030", "big5", "cp932", "euc_jp"),
]
_FALLBACK = "cp1252"
_LONG = 1_000
"""Bytes from which a sample may have been cut inside a character."""
_LEAST_SHARE = 0.4
"""Of the ten commonest letters in a text of some other script than the Latin."""


def guess(sample: bytes) -> str:
    """The likeliest encoding of ``sample``, by Python's name of it.

    Args:
        sample: the lines of a text that hold bytes above 127; some kilobytes are enough.
    """
    for name in ("cp932", "euc_jp", "cp949"):
        if _is_east_asian(sample, name):
            return name
    if chinese := _chinese(sample):
        return chinese
    for name, letters in _LATIN:
        if _is_spelt(sample, name, letters):
            return name
    if other := _other_script(sample):
        return other
    for name, letters in _OLD_LATIN:
        if _is_spelt(sample, name, letters):
            return name
    # Imported here, as most files never need it and it takes 40 ms.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_GUESSES).best()
    name = best.encoding if best is not None else _FALLBACK
    return name if _decoded(sample, name) is not None else "latin-1"


def _decoded(sample: bytes, name: str) -> str | None:
    """The sample's text; None if it is not in ``name``, but for a character cut off at its end."""
    try:
        return sample.decode(name)
    except UnicodeDecodeError as error:
        if len(sample) < _LONG or error.start < len(sample) - 4:
            return None
        return sample[: error.start].decode(name)


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


def _other_script(sample: bytes) -> str:
    """The encoding in which nearly all is of one script, and its commonest letters are common."""
    best, best_share = "", _LEAST_SHARE
    for name, letters, frequent in _SCRIPTS:
        text = _decoded(sample, name)
        if text is None or _MIXED_SCRIPTS.search(text):
            continue
        script = {*letters, *letters.upper()}
        beyond = [character for character in text if character > "\x7f"]
        written = [character.lower() for character in beyond if character in script]
        signs = sum(character in _SIGNS for character in beyond)
        if 20 * (len(written) + signs) < 19 * len(beyond) or not written:
            continue
        if 50 * len(_CAPITAL_IN_WORD.findall(text)) > len(written):
            continue
        # A letter of another language speaks against it as one that is seldom does.
        foreign = len(beyond) - len(written) - signs
        share = (sum(character in frequent for character in written) - foreign) / len(beyond)
        if share > best_share:
            best, best_share = name, share
    return best


def _is_east_asian(sample: bytes, name: str) -> bool:
    """Whether the text is Japanese with kana, or Korean, rather than another's bytes."""
    text = _decoded(sample, name)
    if text is None:
        return False
    beyond = sum(character > "\x7f" for character in text)
    if name == "cp949":
        return beyond > 3 and len(_HANGUL.findall(text)) * 10 >= beyond * 7
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
