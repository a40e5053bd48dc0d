"""Every text of the interface is there in every language, as people write it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from starlette.testclient import TestClient

from onrecord.analysis.series import QUADS
from onrecord.lexicon.plover import table
from onrecord.record import Attitude, EntityType, EventType, RelationType, Status
from onrecord.web.called import VALUES, called
from onrecord.web.routes.article import LAYERS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give what keeps the catalogues: docs/translations.py."""
    pytest.importorskip("babel")
    monkeypatch.syspath_prepend(str(DOCS))
    sys.modules.pop("translations", None)
    import translations

    return translations


def test_no_text_is_untranslated_and_none_is_left_over(kept: ModuleType) -> None:
    for language in kept.languages():
        texts = {kept.said(m) for m in kept.texts() if m.id}
        held = {kept.said(m) for m in kept.catalogue(language) if m.id}
        assert not kept.missing(kept.renewed(language)), "run: make translations, and translate"
        assert texts == held, "run: make translations"


def test_what_programs_read_is_what_people_edit(kept: ModuleType) -> None:
    for language in kept.languages():
        compiled = kept.LOCALES / language / "LC_MESSAGES" / "onrecord.mo"
        assert compiled.read_bytes() == kept.compiled(kept.catalogue(language)), "run: make translations"


def test_texts_have_no_straight_quotes_and_keep_what_is_put_into_them(kept: ModuleType) -> None:
    for language in kept.languages():
        for message in kept.catalogue(language):
            if not message.id:
                continue
            ids = (message.id,) if isinstance(message.id, str) else message.id
            said = (message.string,) if isinstance(message.string, str) else message.string
            assert not [text for text in (*ids, *said) if '"' in text]
            wanted = {name for text in ids for name in re.findall(r"%\((\w+)\)s", text)}
            for text in filter(None, said):
                assert set(re.findall(r"%\((\w+)\)s", text)) == wanted, text
                assert text.count("%") == text.count("%("), text


def test_values_of_the_record_have_names() -> None:
    values = [t for kind in (Attitude, Status, EventType, RelationType, EntityType) for t in kind.__args__]
    values += [mode for _, mode in table() if mode] + list(QUADS) + list(LAYERS)
    assert not [value for value in values if value.replace("_", " ") not in VALUES]
    assert called("ru", "material_conflict") == "конфликт на деле"
    assert called("en", "allied_with") == "allied with"
    assert called("ru", "About") == "About"  # no value of ours: as somebody wrote it
    assert called("ru", "") == ""


def test_one_language_leaves_the_other_alone(client: TestClient) -> None:
    def asked(language: str) -> str:
        return client.get("/events", headers={"accept-language": language}).text

    assert "Events" in asked("en")
    assert "События" in asked("ru")
    assert "События" not in asked("en")
    assert "НАПАДЕНИЕ" in asked("ru")
