"""Policies of single scripts."""

import pytest

from teduh.config.headers import static_headers


@pytest.mark.parametrize(
    ("url", "policy"),
    [
        ("/s/pdf/pdf-worker.js", "default-src 'none'; script-src 'self'"),
        (
            "/s/vault-worker.js",
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
        ),
        ("/s/pdf/pdf.js", None),
        ("/s/lapor.js", None),
    ],
)
def test_only_a_worker_has_a_policy_of_its_own(url: str, policy: str | None) -> None:
    headers: dict[str, str] = {}
    static_headers(headers, "", url)
    assert headers.get("Content-Security-Policy") == policy
