"""What can go wrong when sources are chosen or distances asked for, in the words of Magento's clients."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class NoSuchAlgorithm(Refused):
    message = "There is no such Source Selection Algorithm implemented: %1"


class NoDestination(Refused):
    message = "No destination address was provided in the request"


class NoSuchDistanceProvider(Refused):
    message = "No such distance provider: %1"


class NoSuchLocator(Refused):
    message = "No such latitude and longitude from address provider: %1"


class UnknownGeoname(NotFound):
    """No row of the imported places fits the address."""

    message = "Unknown geoname for %1"


class NoAPIKey(Refused):
    message = "Google API key is not defined"


class GeocodingUnreachable(Refused):
    message = "Unable to connect google API for geocoding"


class NotGeocoded(Refused):
    message = "Unable to geocode address %1"


class DistancesUnreachable(Refused):
    message = "Unable to connect google API for distance matrix"


class NoDistance(Refused):
    message = "Unable to get distance between %1 and %2"


class UndefinedCountry(Refused):
    """What was given is no code of two letters."""

    message = "Undefined country code"


class CountryNotLoaded(Refused):
    """No file has places of the country; `reason` says why, for people."""

    message = "Cannot download country"
    reason: str
