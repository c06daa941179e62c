"""Whether a request is signed with the account's keys, over X's public address (OAuth 1.0a, by oauthlib)."""

from __future__ import annotations

from oauthlib.oauth1 import RequestValidator, ResourceEndpoint

API_KEY, API_SECRET = "public-consumer-7391", "hidden-consumer-2846"
ACCESS_TOKEN, ACCESS_SECRET = "9001-public-token-5520", "hidden-token-6617"
OPTIONS = {
    "api_key": API_KEY,
    "api_secret": API_SECRET,
    "access_token": ACCESS_TOKEN,
    "access_secret": ACCESS_SECRET,
}
SECRETS = tuple(OPTIONS.values())


class _Validator(RequestValidator):
    enforce_ssl = True
    dummy_client = "dummy-client"
    dummy_access_token = "dummy-token"

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[tuple[str, str]] = set()

    def check_client_key(self, client_key: str) -> bool:
        return 0 < len(client_key) < 100

    def check_access_token(self, request_token: str) -> bool:
        return self.check_client_key(request_token)

    def check_nonce(self, nonce: str) -> bool:
        return 8 <= len(nonce) < 100

    def validate_client_key(self, client_key: str, request: object) -> bool:
        return client_key == API_KEY

    def validate_access_token(self, client_key: str, token: str, request: object) -> bool:
        return token == ACCESS_TOKEN

    def validate_realms(self, *_: object, **__: object) -> bool:
        return True

    def validate_timestamp_and_nonce(
        self,
        client_key: str,
        timestamp: str,
        nonce: str,
        request: object,
        request_token: str | None = None,
        access_token: str | None = None,
    ) -> bool:
        fresh = (timestamp, nonce) not in self._seen
        self._seen.add((timestamp, nonce))
        return fresh

    def get_client_secret(self, client_key: str, request: object) -> str:
        return API_SECRET

    def get_access_token_secret(self, client_key: str, token: str, request: object) -> str:
        return ACCESS_SECRET


class Signatures:
    """Accepts each signature once."""

    def __init__(self) -> None:
        self._endpoint = ResourceEndpoint(_Validator())

    def accepts(self, method: str, address: str, headers: dict[str, str]) -> bool:
        """`address` is the whole public one, with its query. A JSON body is not part of a signature."""
        if "Authorization" not in headers:
            return False
        signed = {"Authorization": headers["Authorization"]}
        valid, _ = self._endpoint.validate_protected_resource_request(address, method, None, signed)
        return bool(valid)
