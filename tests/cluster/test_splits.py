"""Sources cut into splits: every page once, whatever the cut, and nothing that is finished."""

from __future__ import annotations

from pathlib import Path

import pytest
from cluster.deadly import pages_of, write_archive

from onrecord.cluster import Piece, planned
from onrecord.errors import StoreError
from onrecord.sources import Missing


@pytest.mark.parametrize("size", [150, 777, 4096, 10**6])
def test_any_cut_gives_every_page_once_and_in_order(tmp_path: Path, size: int) -> None:
    archive = write_archive(tmp_path / "news.warc.gz", 30)
    splits, others = planned([archive], size=size)
    whole, _ = planned([archive])
    assert others == []
    assert len(whole) == 1
    assert pages_of(splits) == pages_of(whole)
    assert len(pages_of(whole)) == 30
    assert len({split.key for split in splits}) == len(splits)


def test_what_is_finished_is_not_planned_again_however_it_was_cut(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "news.warc.gz", 30)
    text = tmp_path / "page.txt"
    text.write_text("A page.")
    first, *rest = planned([archive], size=4096)[0]
    finished = {archive: list(first.pieces), str(text): [Piece(str(text), 0, 7, 7, "")]}
    again, _ = planned([archive, str(text), archive], size=1000, finished=finished)
    assert pages_of(again) == pages_of(rest)


def test_a_file_that_has_changed_since_is_not_mixed_with_what_it_was(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "news.warc.gz", 5)
    finished = {archive: list(planned([archive])[0][0].pieces)}
    write_archive(tmp_path / "news.warc.gz", 6)
    with pytest.raises(StoreError, match="has changed since it was read"):
        planned([archive], finished=finished)


def test_small_files_are_read_together_a_table_by_itself_and_lists_are_followed(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_text(f"Page {number}.")
    table = tmp_path / "rows.jsonl"
    table.write_text('{"text": "A row."}\n')
    names = tmp_path / "names.list"
    names.write_text(f"# what is to be read\n{tmp_path}/*.txt\n\n{table}\n")
    splits, others = planned([f"@{names}"])
    assert others == []
    assert [len(split.pieces) for split in splits] == [256, 1, 44]
    assert {piece.source for split in splits for piece in split.pieces} == {f"@{names}"}


def test_what_is_on_the_web_or_nowhere_is_told(tmp_path: Path) -> None:
    names = ["https://example.org/a", "feed:https://example.org/feed", str(tmp_path / "none.warc.gz")]
    splits, others = planned(names)
    assert splits == []
    assert all(isinstance(other, Missing) for other in others)
    assert [other.message.split(";")[0] for other in others if isinstance(other, Missing)] == [
        "a cluster reads files",
        "a cluster reads files",
        "there is no such file or folder",
    ]
