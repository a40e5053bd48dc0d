"""Corpora of pairs are read from their own forms: marked words become offsets into plain text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.pairs import deeds, facts, fold_of, stances, unmarked


def test_marks_leave_the_text_and_point_into_it() -> None:
    text, spans = unmarked("Then <s> Ann </s> hit <t>Bo</t>.")
    assert text == "Then  Ann  hit Bo."
    assert {k: text[a:b] for k, (a, b) in spans.items()} == {"s": "Ann", "t": "Bo"}


def test_a_sentence_of_the_stance_corpus_is_told_once_with_all_its_pairs(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text(
        "[Ann] backs [Bo] and not [Cy].\tAnn\tBo\t1\n[Ann] backs [Bo] and not [Cy].\tAnn\tCy\t3\n",
        encoding="utf8",
    )
    [example] = stances(path)
    assert example.text == "Ann backs Bo and not Cy."
    assert [(example.text[slice(*p.a)], example.text[slice(*p.b)], p.stance) for p in example.pairs] == [
        ("Ann", "Bo", "a_supports_b"),
        ("Ann", "Cy", "a_opposes_b"),
    ]


def test_a_fold_is_left_out_by_sentence(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    rows = [(f"Ann hit Bo {n}.", f"<s>Ann</s> hit <t>Bo</t> {n}.", "ASSAULT") for n in range(12)]
    path.write_text(
        "sentence\tmarked_sentence\tgold_root\n" + "".join("\t".join(row) + "\n" for row in rows),
        encoding="utf8",
    )
    assert len(list(deeds(path))) == 12
    left = [example.text for example in deeds(path, fold=0)]
    assert left == [sentence for sentence, *_ in rows if fold_of(sentence, 5) != 0]
    assert next(deeds(path)).pairs[0].deeds == ("ASSAULT", None)


@pytest.mark.parametrize("other", ["ann hit bo", "Ann, hit Bo!", " Ann hit Bo."])
def test_a_sentence_told_twice_is_of_one_fold(other: str) -> None:
    assert fold_of("Ann hit Bo.", 5) == fold_of(other, 5)


def test_a_predicate_of_the_factuality_sets_has_its_characters(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    row = {"text": "He `` did n't leave ''", "targets": [{"span1": [4, 5], "label": -2.5}]}
    path.write_text(json.dumps(row) + "\n", encoding="utf8")
    [example] = facts(path)
    [(stretch, label)] = example.facts
    assert (example.text[slice(*stretch)], label) == ("leave", -2.5)
