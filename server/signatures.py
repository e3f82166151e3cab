"""Who sent a request: signatures after RFC 9421 with the device's Ed25519 key.

The library verifies the signature; what it leaves to its caller is decided here: which components must be covered, how
old a request may be, that the content is what was signed, and that no request counts twice. A signature covers the
digest of the content, so it is verified before a byte of the content is read, and the digest afterwards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    VerifyResult,
)
from http_message_signatures.algorithms import ED25519

from protocol.limits import GREATEST_AGE_SECONDS
from protocol.signatures import COVERED, SIGNATURE_TAG, public_key
from protocol.times import Clock
from server.refusals import Refusal

_NONCE_LENGTHS = range(16, 65)


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """The parts of a request that its signature is about; named as the library wants them."""

    method: str
    url: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """What a verified signature says: which device, and the nonce that may be used once until `expires`."""

    device: str
    nonce: str
    expires: int
    result: VerifyResult


def verify(request: SignedRequest, key_of: Callable[[str], bytes], clock: Clock) -> VerifiedSignature:
    """Return who signed the head of `request`; `key_of` gives the raw public key of a device id.

    Raises what `key_of` raises: a database that is away says nothing about a signature. Raises Refusal
    `sync.signature_wrong` unless one signature with our tag covers at least `COVERED`, and
    `sync.clock_differs` when it was made more than `GREATEST_AGE_SECONDS` before or after now.
    """
    resolver = _Resolver(key_of)
    verifier = _Verifier(signature_algorithm=ED25519, key_resolver=resolver)
    try:
        found = verifier.verify(request, max_age=None, expect_tag=SIGNATURE_TAG, require_components=COVERED)
    except InvalidSignature as error:
        if resolver.failure is not None:
            raise resolver.failure from None
        raise Refusal("sync.signature_wrong") from error
    if len(found) != 1:
        raise Refusal("sync.signature_wrong")
    return _proof(found[0], clock)


def require_content(request: SignedRequest, proof: VerifiedSignature, body: bytes) -> None:
    """Raise Refusal `sync.signature_wrong` unless `body` is the content that the verified head announces."""
    verifier = _Verifier(signature_algorithm=ED25519, key_resolver=None)
    try:
        verifier.verify_body(request, [proof.result], body)
    except HTTPMessageSignaturesException as error:
        raise Refusal("sync.signature_wrong") from error


class _Verifier(HTTPMessageVerifier):
    """Leaves the age to us, so that a clock that is wrong by decades is told apart from a wrong signature."""

    def validate_created_and_expires(self, sig_input: object, max_age: object = None) -> None:
        """Accept any time."""
        del sig_input, max_age


class _Resolver(HTTPSignatureKeyResolver):
    """Finds the key that a signature names; `failure` is why it did not, which the library takes for its own."""

    def __init__(self, key_of: Callable[[str], bytes]) -> None:
        self._key_of = key_of
        self.failure: Exception | None = None

    def resolve_public_key(self, key_id: str) -> Any:  # noqa: ANN401 - the library's own signature
        """Return the public key object of the device `key_id`."""
        try:
            return public_key(self._key_of(key_id))
        except Exception as failure:
            self.failure = failure
            raise

    def resolve_private_key(self, key_id: str) -> Any:  # noqa: ANN401 - the library's own signature
        """Refuse: the server signs nothing."""
        raise NotImplementedError(key_id)


def _proof(found: VerifyResult, clock: Clock) -> VerifiedSignature:
    created, nonce = found.parameters.get("created"), found.nonce
    if not isinstance(created, int) or nonce is None or len(nonce) not in _NONCE_LENGTHS:
        raise Refusal("sync.signature_wrong")
    if abs(clock.now().timestamp() - created) > GREATEST_AGE_SECONDS:
        raise Refusal("sync.clock_differs")
    return VerifiedSignature(str(found.parameters["keyid"]), nonce, created + GREATEST_AGE_SECONDS + 1, found)
