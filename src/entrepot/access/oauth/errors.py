"""What can be wrong with a signed call, in the order of checking. Source: spec 00-webapi, 10.2."""

from __future__ import annotations

from entrepot.kit.errors import Refused, Unauthorized


class UnsupportedVersion(Refused):
    message = 'The "%1" Oauth version isn\'t supported.'


class InvalidTokenLength(Refused):
    message = "The token length is invalid. Check the length and try again."


class UnsupportedMethod(Refused):
    message = "Signature method %1 is not supported"


class InvalidConsumerKeyLength(Unauthorized):
    message = "Consumer key is not the correct length"


class UnknownConsumer(Unauthorized):
    message = "A consumer having the specified key does not exist"


class InvalidTimestamp(Unauthorized):
    message = "An error occurred validating the nonce"


class NonceUsed(Unauthorized):
    message = "The nonce is already being used by the consumer with ID %1"


class ConsumerExpired(Unauthorized):
    """The credentials were posted too long ago."""

    message = "Consumer key has expired"


class NoVerifierToken(Unauthorized):
    message = "Cannot create request token because consumer token is not a verifier token"


class UnknownToken(Unauthorized):
    message = "Specified token does not exist"


class RequestTokenOfAnother(Unauthorized):
    message = "Request token is not associated with the specified consumer"


class TokenAlreadyUsed(Unauthorized):
    """It is no request token, or no longer."""

    message = "Token is already being used"


class VerifierMissing(Unauthorized):
    message = "Verifier is invalid"


class InvalidVerifierLength(Unauthorized):
    message = "Verifier is not the correct length"


class WrongVerifier(Unauthorized):
    message = "Token verifier and verifier token do not match"


class TokenOfAnother(Unauthorized):
    message = "Token is not associated with the specified consumer"


class NotAnAccessToken(Unauthorized):
    message = "Token is not an access token"


class TokenRevoked(Unauthorized):
    message = "Access token has been revoked"


class InvalidSignature(Unauthorized):
    message = "The signature is invalid. Verify and try again."
