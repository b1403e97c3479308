"""Requests no browser sends: broken, lying, overlong, in odd alphabets. A name for each."""

import gzip
from collections.abc import Iterable
from urllib.parse import urlencode

from tests.support.wire import FORM, PARTS, Sent

# Every name that some form of the house reads; one more costs nothing.
NAMES = ("ticket", "code", "auth", "sealed", "text", "story", "made", "card", "seq", "item", "hdr",
         "last", "to", "other", "partner", "name", "email", "reason", "hours", "right", "roles",
         "teams", "team", "member", "starts", "ends", "login", "password", "again", "kind", "label",
         "target", "new-target", "files", "piece", "body", "sig", "blob", "r", "seed", "turn",
         "quiet", "keinginan", "remember", "before", "accept", "next", "credential", "hal",
         "keadaan", "jenis", "bahaya", "banjir", "sesudah", "subject", "verb", "by", "muka",
         "tersimpan", "berkas", "terkirim")  # fmt: skip
TEXTS = ("\0", "a\0b", "\ud7ff\uffff", "\u202e\u200b\u2066", "😀" * 50, "%ff", "'\"<&>", "-1",
         "9" * 30, "9" * 5000, "1e999", "NaN", "null", "[]", "{}", "[" * 3000, "\r\nX: 1", " ",
         "²", "١٢", "é" * 70_000, "=?x?b?eA==?=", '{"v":1e999}', '{"hdr":"\\ud800"}',
         '{"wraps":[{"kid":"\\u0000","w":[]}]}')  # fmt: skip
JSONS = (b"null", b"[]", b"{}", b"1", b'"x"', b'{"sealed":{"v":[]}}', b"[" * 100_000,
         b'{"ticket":"\\ud800"}')  # fmt: skip
ALPHABETS = ("utf-16", "utf-7", "rot13", "base64", "undefined", "idna", "punycode", "\0", '"', "")
FILE_NAMES = ("../../x", "\u202e", "a" * 5000, "\x7f", ".", "..", "nul\0nul", "\n", "&#xD800;")
HEADERS = {
    "Accept-Language": ("x" * 9000, "id;q=9e9", "\0", "*;q=é", "en-" + "a-" * 200, ",,;;"),
    "Accept": ("\xff", "application/json", "*" * 5000, ";q=x"),
    "Accept-Encoding": ("br;q=x", ",", "gzip;;", "\0", "identity;q=0, *;q=0"),
    "Cookie": ("teduh_kantor=\0", "teduh_kantor=" + "x" * 4000, "=;=;", "x=\\377", '"', "a b=1; é=2",
               "teduh_pesan=é; teduh_sekali=A; teduh_jawaban=A", "teduh_kantor=\xff; csrftoken=x"),
    "Host": ("", "böse", "x" * 3000, "a b", "127.0.0.1:99999", "[::1", "testserver:x", "lain.invalid"),
    "Origin": ("null", "http://[", "é", "http://testserver@x"),
    "Referer": ("\0", "http://[::1", "http://testserver/" + "x" * 9000),
    "Sec-Fetch-Site": ("x", "\0", "same-origin"),
    "X-Forwarded-For": ("1.2.3.4, é", "::ffff:1.2.3.4", ",,,", "1" * 5000),
    "X-Forwarded-Host": ("lain.invalid",),
    "User-Agent": ("\0", "é" * 3000, ""),
    "If-None-Match": ('"', "\xff"),
    "If-Modified-Since": ("gestern", "Thu, 99 Xyz 9999 99:99:99 GMT"),
    "X-Csrftoken": ("\0", "x" * 64),
    "X-Http-Method-Override": ("DELETE",),
    "Range": ("bytes=0-", "bytes=9-1"),
}  # fmt: skip
METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "get", "\xff", "CONNECT")


def part(head: str, said: bytes = b"x") -> bytes:
    """One part of a form in parts."""
    return f"Content-Disposition: form-data; {head}\r\n\r\n".encode() + said


def parts(each: Iterable[bytes], end: bytes = b"\r\n--x--\r\n") -> bytes:
    """A form in parts."""
    return b"".join(b"\r\n--x\r\n" + one for one in each)[2:] + end


def filled(said: str) -> bytes:
    """Every field, with the same in each."""
    return urlencode([(name, said) for name in NAMES]).encode()


def filled_parts(said: bytes = b"x") -> bytes:
    """The same in parts."""
    return parts(part(f'name="{name}"', said) for name in NAMES)


def _bodies() -> dict[str, Sent]:
    wrong = b"&".join(name.encode() + b"=%ff%fe%ed%a0%80\xff" for name in NAMES)
    return {
        **{f"text {n}": Sent(body=filled(said)) for n, said in enumerate(TEXTS)},
        **{f"json {n}": Sent(body=b, kind="application/json") for n, b in enumerate(JSONS)},
        **{f"json in fields {n}": Sent(body=filled(b.decode())) for n, b in enumerate(JSONS)},
        "form as json": Sent(body=filled("x"), kind="application/json"),
        "json as form": Sent(body=JSONS[5]),
        "not utf-8": Sent(body=wrong),
        "names not utf-8": Sent(body=b"%ff=%ff&\xff\xfe=\xff&=&&==&;"),
        "parts not utf-8": Sent(body=filled_parts(b"\xff\xfe\xed\xa0\x80"), kind=PARTS),
        "parts with nul": Sent(body=filled_parts(b"\0" * 9), kind=PARTS),
        "many fields": Sent(body=b"&".join(b"f%d=1" % n for n in range(1000))),
        "many of one": Sent(body=b"&".join([b"story=1"] * 399)),
        "many parts": Sent(body=parts(part(f'name="a{n}"') for n in range(1000)), kind=PARTS),
        "twice": Sent(body=filled("x") + b"&" + filled("y")),
        "packed": Sent(body=gzip.compress(filled("x")), headers={"Content-Encoding": "gzip"}),
    }


def _kinds() -> dict[str, Sent]:
    bodies = {FORM: filled("x"), PARTS: filled_parts()}
    odd = ("", "; ; =", "a/b;\n c=d", "multipart/form-data; boundary=é", "multipart/form-data")
    longer = ("multipart/form-data; boundary=" + "x" * 500, "multipart/form-data; boundary=y")
    return {
        **{
            f"{alphabet} in {kind[:5]}": Sent(body=body, kind=f"{kind}; charset={alphabet}")
            for alphabet in ALPHABETS
            for kind, body in bodies.items()
        },
        **{
            f"kind {n}": Sent(body=filled_parts(), kind=kind) for n, kind in enumerate(odd + longer)
        },
        "alphabet by rfc 2231": Sent(body=filled("x"), kind=f"{FORM}; charset*=foo''bar"),
        "page in an alphabet": Sent("GET", kind="text/plain; charset=rot13", query="a=b"),
        "page by rfc 2231": Sent("GET", kind="text/plain; charset*=foo''bar"),
    }


def _files() -> dict[str, Sent]:
    liar = b'Content-Disposition: form-data; name="files"; filename="a"\r\n'
    heads = (
        b"\xff\xff: \0\r\n\r\nx",
        b"Content-Disposition\r\n\r\n",
        b"\r\n\r\n",
        b"Content-Disposition: form-data; name*=foo''x\r\n\r\nx",
        b"Content-Disposition: form-data; name*=utf-8'x\r\n\r\nx",
    )
    told = {
        "cut in a part": filled_parts(b"x" * 99)[:-150],
        "cut in a head": b"--x\r\nContent-Dispo",
        "without an end": parts([part('name="story"')], end=b""),
        "without a part": b"--x--",
        "heads of nonsense": parts(heads),
        "bad base64": parts([liar + b"Content-Transfer-Encoding: base64\r\n\r\n!!!!x"]),
        "lying file": parts([liar + b"Content-Length: -5\r\nContent-Type: \xff; charset=rot13\r\n\r\nx"]),
        "many files": parts(part(f'name="files"; filename="{n}"') for n in range(150)),
        "odd names": parts(part(f'name="files"; filename="{name}"') for name in FILE_NAMES),
        "fields as files": parts(part(f'name="{name}"; filename="a"') for name in NAMES),
    }  # fmt: skip
    return {name: Sent(body=body, kind=PARTS) for name, body in told.items()}


def _lengths() -> dict[str, Sent]:
    lies = ("-5", "zwei", "²", str(10**6), "9" * 18, "9" * 30, "9" * 5000, "40", "+7", " 7", "0x9")
    chunks = {"Transfer-Encoding": "chunked"}
    return {
        **{f"length {n}": Sent(body=filled("x"), length=lie) for n, lie in enumerate(lies)},
        **{
            f"length of parts {n}": Sent(body=filled_parts(), length=lie, kind=PARTS)
            for n, lie in enumerate(lies)
        },
        "no length": Sent(body=filled("x"), length="", headers=chunks),
        "no length and no end": Sent(body=b"story=" + b"x" * 2_000_000, length="", headers=chunks),
    }


def _heads() -> dict[str, Sent]:
    return {
        f"{method} with {name} {n}": Sent(method, body=body, headers={name: said})
        for method, body in (("GET", b""), ("POST", b"x=1"))
        for name, told in HEADERS.items()
        for n, said in enumerate(told)
    }


def _queries() -> dict[str, Sent]:
    return {
        **{
            f"query {n}": Sent("GET", query=filled(said[:300]).decode())
            for n, said in enumerate(TEXTS)
        },
        "query not utf-8": Sent("GET", query="&".join(f"{name}=%ff%ed%a0%80" for name in NAMES)),
        "many in the query": Sent("GET", query="&".join(f"a{n}=1" for n in range(1000))),
        "long query": Sent("GET", query="a=" + "x" * 60_000),
        **{f"method {method}": Sent(method, body=b"x=1") for method in METHODS},
    }


ODD: dict[str, Sent] = {
    **_bodies(), **_kinds(), **_files(), **_lengths(), **_heads(), **_queries(),
}  # fmt: skip
