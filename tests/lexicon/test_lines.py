"""Lines of the word lists: what the reader went by can be looked up where it says."""

from __future__ import annotations

from importlib.resources import files

from onrecord.lexicon.lines import line_of, lines_for


def test_a_row_stands_on_the_line_that_is_told() -> None:
    for name, cells in (("plover", ("ASSAULT", "aerial")), ("countries", ("AFG",)), ("cues", ("deny",))):
        line = line_of(name, *cells)
        assert line is not None
        text = files("onrecord.lexicon").joinpath(f"{name}.tsv").read_text("utf-8").split("\n")
        assert tuple(text[line.line - 1].split("\t")) == line.cells
        assert line.cells[: len(cells)] == cells


def test_a_row_that_is_not_there_has_no_line() -> None:
    assert line_of("plover", "DANCE") is None


def test_words_are_found_by_their_base_forms_the_longest_phrase_first() -> None:
    assert [line.cells[0] for line in lines_for("cues", "denied")] == ["deny"]
    assert [line.cells[0] for line in lines_for("cues", "accounted for")] == ["account for"]
    assert lines_for("cues", "") == lines_for("cues", "—") == ()
    assert str(lines_for("cues", "denied")[0]).startswith("lexicon/cues.tsv, line ")
