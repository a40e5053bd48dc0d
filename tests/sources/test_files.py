"""Which pages a command's arguments stand for."""

from __future__ import annotations

from pathlib import Path

from onrecord.sources import Missing, Page, PassedOver, find_pages, is_single


def test_a_folder_gives_its_pages_in_order_and_counts_the_rest(tmp_path: Path) -> None:
    for name in (
        "b.html",
        "a.txt",
        "c.txt.gz",
        "deep/d.HTM",
        ".hidden.txt",
        ".git/e.txt",
        "photo.jpg",
        "page",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = list(find_pages([str(tmp_path)]))
    assert [Path(page.name).name for page in found if isinstance(page, Page)] == [
        "a.txt", "b.html", "c.txt.gz", "page", "d.HTM",
    ]  # fmt: skip
    assert found[-1] == PassedOver(str(tmp_path), 1)


def test_a_pattern_gives_its_files_sorted(tmp_path: Path) -> None:
    for name in ("2.txt", "1.txt", "sub/3.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = list(find_pages([str(tmp_path / "**/*.txt")]))
    assert [page.name[-5:] for page in found] == ["1.txt", "2.txt", "3.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    path = tmp_path / "page[1].html"
    path.write_text("x")
    assert list(find_pages([str(path)])) == [Page(str(path))]
    assert is_single((str(path),))


def test_names_that_stand_for_nothing_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    names = [str(tmp_path / "nowhere.txt"), str(tmp_path / "*.html"), str(tmp_path / "empty")]
    assert all(isinstance(found, Missing) for found in find_pages(names))


def test_addresses_and_standard_input_are_pages() -> None:
    address = "https://example.org/a*b?c=[1]"
    assert list(find_pages([address, "-"])) == [Page(address), Page("-")]
    assert is_single((address,))
    assert not is_single((address, "-"))
    assert Page(address).where == address
    assert Page("a.txt").where == Path("a.txt")
    assert Page("-", b"bytes").where == b"bytes"
