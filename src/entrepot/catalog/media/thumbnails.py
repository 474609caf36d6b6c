"""Pictures in the sizes of the pages. Blocks: belongs into the threads of `pictures`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from entrepot.catalog.media import folder
from entrepot.catalog.media.addresses import SIZES
from entrepot.catalog.media.pictures import LARGEST_PIXELS, RECOGNISED

QUALITY = 85


def ensure(root: Path, file: str, size: str) -> Path | None:
    """The path of the picture in a size, made unless it is there. None where there is no picture to make it from.

    What was made has the time of its original; with another time it is that of an earlier file of the name.
    """
    original, made = folder.original(root, file), folder.in_size(root, file, size)
    try:
        modified_ns = original.stat().st_mtime_ns
        if made.exists() and made.stat().st_mtime_ns == modified_ns:
            return made
        content = original.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    smaller = scaled(content, SIZES[size])
    if smaller is None:
        return None
    folder.write(made, smaller, modified_ns=modified_ns, lasting=False)
    return made


def scaled(content: bytes, edge: int) -> bytes | None:
    """Within a square of this edge, upright, without what a camera wrote into it. None if it cannot be decoded."""
    try:
        with Image.open(BytesIO(content), formats=RECOGNISED) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                return None
            is_photo = picture.format in ("JPEG", "MPO")
            picture.draft("RGB", (edge * 2, edge * 2))
            upright = ImageOps.exif_transpose(picture)
            if is_photo:
                upright = upright.convert("RGB")
            elif upright.mode not in ("RGB", "RGBA", "L", "LA"):
                upright = upright.convert("RGBA")
            upright.thumbnail((edge, edge), Image.Resampling.LANCZOS)
            # A profile describes the mode that the picture had.
            colours = picture.info.get("icc_profile") if picture.mode in ("RGB", "RGBA") else None
            return _encoded(upright, is_photo, colours)
    except Exception:
        # Files may be put into the folder by hand, and may be anything.
        return None


def _encoded(picture: Image.Image, is_photo: bool, colours: bytes | None) -> bytes:
    """The format follows the picture, whatever its name ends in: of an animation it is a PNG of the first frame."""
    out = BytesIO()
    if is_photo:
        picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True, icc_profile=colours, exif=b"")
    else:
        picture.save(out, "PNG", optimize=True, icc_profile=colours)
    return out.getvalue()
