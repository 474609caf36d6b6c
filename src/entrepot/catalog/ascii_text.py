"""Names into codes and keys: letters to ASCII, the rest to one separator (spec 30-catalog, 5)."""

from __future__ import annotations

import re
import unicodedata

SOUNDS = """
    @ at   ß ss   æ ae   œ oe   ø o   đ d   ð d   þ th   ł l   ħ h   ı i   ŋ n

    а a   б b   в v   г g   ґ g   д d   е e   ё e   є ie   ж zh   з z   и i   і i   ї i   й i   к k   л l   м m
    н n   о o   п p   р r   с s   т t   у u   ў u   ф f   х kh   ц ts   ч ch   ш sh   щ shch   ы y   э e   ю iu   я ia

    α a   β v   γ g   δ d   ε e   ζ z   η i   θ th   ι i   κ k   λ l   μ m   ν n   ξ x   ο o   π p   ρ r   σ s   ς s
    τ t   υ y   φ f   χ ch   ψ ps   ω o
"""  # noqa: RUF001
"""Letters and how they are written in ASCII. The hard and the soft sign have no sound and are dropped."""

BY_SOUND = str.maketrans(dict(zip(SOUNDS.split()[::2], SOUNDS.split()[1::2], strict=True)))
SEPARATORS = re.compile(r"[^a-z0-9]+")


def ascii_text(text: str) -> str:
    """In lower case: letters lose their accents, Cyrillic and Greek go by sound, what has no ASCII form is dropped."""
    # Composed first, so that letters with a sound of their own (й, ї) are found; what is left then loses its marks.
    composed = unicodedata.normalize("NFC", text.lower()).translate(BY_SOUND)
    bare = (c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))
    # Accented Greek letters have only now become plain ones.
    return "".join(bare).lower().translate(BY_SOUND).encode("ascii", "ignore").decode()


def slug(text: str, separator: str = "-") -> str:
    """ASCII letters and digits; a run of anything else is one separator, with none at the ends. May be empty."""
    return SEPARATORS.sub("-", ascii_text(text)).strip("-").replace("-", separator)
