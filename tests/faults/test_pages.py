"""Pages that hang, hog, die or fail: each costs only itself, with its reason, and can be tried again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from standin_ingest import QUICK, run, write_pages

from onrecord.store import Failed, Store, check_store

_BAD = {1: "HANG", 2: "HOG", 3: "DIE", 4: "EXIT", 5: "FAULT", 6: "UNREADABLE"}
_PLAN = replace(QUICK, jobs=2, seconds=6.0, memory=2**30)


def failures(url: str) -> dict[str, Failed]:
    with Store.open(url) as store:
        assert check_store(store) == []
        return {Path(failure.locator).stem: failure for failure in store.view().failures()}


def test_each_bad_page_costs_only_itself_and_can_be_tried_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    folder = write_pages(tmp_path / "pages", 10, _BAD)
    tally = run([folder], url, _PLAN)
    assert (tally.read, tally.failures) == (4, 6)
    found = failures(url)
    assert {name: failure.reason for name, failure in found.items()} == {
        "0001": "hung",
        "0002": "memory",
        "0003": "died",
        "0004": "died",
        "0005": "fault",
        "0006": "unreadable",
    }
    assert {failure.source for failure in found.values()} == {folder}
    assert "6 seconds" in found["0001"].message
    assert "1,024 MB" in found["0002"].message
    assert "SIGSEGV" in found["0003"].message
    assert "exit code 7" in found["0004"].message

    again = run([folder], url, _PLAN)
    assert (again.read, again.failures, again.there) == (0, 0, 10)
    assert failures(url) == found

    write_pages(tmp_path / "pages", 10, {5: "FAULT"})
    retried = run([folder], url, replace(_PLAN, retry=True))
    assert (retried.read, retried.failures, retried.there) == (5, 1, 4)
    (left,) = failures(url).values()
    assert (left.reason, left.attempts) == ("fault", 2)
