"""What can go wrong with pictures, in Magento's words as far as it has any."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class ContentNotDecoded(Refused):
    """It is not base64, or empty, or no picture."""

    message = "The image content must be valid base64 encoded data."


class WrongMimeType(Refused):
    """The declared type is not the true one, or no GIF, JPEG or PNG."""

    message = "The image MIME type is not valid or not supported."


class NameForbidden(Refused):
    message = "Provided image name contains forbidden characters."


class WrongExtension(Refused):
    """The name ends in what no picture's name ends in."""

    message = "The image type for the file is invalid. Enter the correct image type and try again."


class ContentMissing(Refused):
    message = "The image content is invalid. Verify the content and try again."


class PictureTooLarge(Refused):
    """To be decoded with the memory that a process has."""

    message = "The image is too large. At most %1 MB and %2 million pixels are allowed."


class PictureDamaged(Refused):
    """Its beginning is that of a picture, but it cannot be decoded to its end."""

    message = "The image is incomplete or damaged. Verify the file and try again."


class NoPicture(Refused):
    """Said of a file; of what a client sends as base64 it is ContentNotDecoded or WrongMimeType."""

    message = "The file is no picture of the kinds GIF, JPEG or PNG."


class UploadGone(Refused):
    message = (
        "A picture that was uploaded is not there any more: it was saved already, or waited for more than a day. "
        "Remove it, or upload it again."
    )


class TooManyUploads(Refused):
    message = "%1 pictures that were uploaded are not saved yet. Save them before you upload others."


class MediaTypeUnknown(Refused):
    message = "There is no MediaGalleryEntryConverter for given type"


class GalleryNotSaved(Refused):
    message = "The product can't be saved."


class ProductOfEntryNotFound(NotFound):
    message = "The product doesn't exist. Verify and try again."


class EntryNotFound(NotFound):
    """There is none to be read."""

    message = "The image doesn't exist. Verify and try again."


class EntryToChangeNotFound(NotFound):
    """There is none to be changed or removed."""

    message = "No image with the provided ID was found. Verify the ID and try again."
