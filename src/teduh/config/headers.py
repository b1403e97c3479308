"""Headers of static files that differ from the rest. Imports nothing: settings.py reads it."""

# Argon2id runs as WebAssembly inside the Worker; the right belongs on that one script's answer.
WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
# What parses a stranger's PDF can load its own decoders and reach nothing else.
PDF_PARSER = "default-src 'none'; script-src 'self'"


def static_headers(headers: dict[str, str], path: str, url: str) -> None:
    """Called by WhiteNoise once for each static file."""
    if url.endswith("vault-worker.js"):
        headers["Content-Security-Policy"] = WORKER
    elif url.endswith("pdf-worker.js"):
        headers["Content-Security-Policy"] = PDF_PARSER
