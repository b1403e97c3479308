"""What a page of ours is sent without, and what it keeps."""

from hypothesis import given
from hypothesis import strategies as st

from teduh.web.answers import tight


def test_indentation_and_empty_lines_are_not_sent() -> None:
    page = "<ul>\n\n    <li>satu dua  tiga</li>   \n    \n  <li>empat</li>\n</ul>\n"
    assert tight(page) == "<ul>\n<li>satu dua  tiga</li>\n<li>empat</li>\n</ul>\n"


@given(typed=st.text(alphabet="ab \n\t", max_size=40))
def test_what_was_typed_into_a_field_comes_back_as_it_was(typed: str) -> None:
    field = f'<textarea id="a"\n  rows="4">\n{typed}</textarea>'
    assert tight(f"  <p>\n  {field}\n\n  </p>{field}") == f"  <p>\n{field}\n</p>{field}"


@given(typed=st.text(alphabet="ab \n\t\f", max_size=40))
def test_what_a_broken_browser_typed_into_a_line_comes_back_too(typed: str) -> None:
    field = f'<input name="a" value="{typed}" required>'
    assert tight(f"  <p>\n  {field}\n\n  </p>{field}") == f"  <p>\n{field}\n</p>{field}"
