"""Encodings: the page's mark, its own word, its bytes."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.pages.decode import clean, text_of

POLISH = "Żółty śnieg spadł w Łodzi, ogłosiło miasto. Tak powiedział burmistrz, który tam mieszka."
FRENCH = "L’été dernier, le maire a déclaré que la forêt était fermée à cause de la sécheresse."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding):
    assert text_of(POLISH.encode(encoding), "x") == POLISH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_without_its_mark(encoding):
    assert text_of(FRENCH.encode(encoding), "x") == FRENCH


def test_a_pages_own_word_is_taken():
    page = f'<html><meta charset="iso-8859-2"><p>{POLISH}'
    assert text_of(page.encode("iso-8859-2"), "x") == page


def test_the_servers_word_comes_before_the_pages():
    page = '<meta charset="koi8-r"><p>' + POLISH
    assert text_of(page.encode("iso-8859-2"), "x", "iso-8859-2") == page


def test_latin_1_is_read_as_browsers_do():
    page = '<meta charset="iso-8859-1"><p>“Ça va”'
    assert text_of(page.encode("cp1252"), "x") == page


def test_utf_8_beats_a_wrong_declaration():
    page = f'<meta charset="iso-8859-1"><p>{POLISH}'
    assert text_of(page.encode(), "x") == page


@pytest.mark.parametrize("declared", ["no-such-code", "utf-7", "utf-16", "idna", "rot13", "\x00"])
def test_a_useless_declaration_is_passed_over(declared):
    page = f"<meta charset='{declared}'><p>{FRENCH}".encode("cp1252", "replace")
    assert "déclaré" in text_of(page, "x")


def test_a_broken_byte_does_not_lose_the_rest():
    page = (FRENCH * 20).encode() + b"\xff" + b" fin"
    assert text_of(page, "x") == FRENCH * 20 + "\ufffd fin"


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_text_decoded_wrong_once_is_read_right(wrong):
    page = "Le député a été élu à l'unanimité. “Voilà”, dit-il"
    if wrong == "latin-1":
        damaged = page.encode().decode("latin-1")
    else:
        damaged = "".join(
            chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([b]).decode("cp1252")
            for b in page.encode()
        )
    assert clean(damaged) == page


@pytest.mark.parametrize(
    "text", [FRENCH, POLISH, "CAFÉ” et THÉ”, dit-elle, café.", "Ã la carte", "naïve Â£5", "Größe über Maß"]
)
def test_text_that_is_right_stays_as_it_is(text):
    assert clean(text) == text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_clean_text_has_no_control_and_no_half_letter(text):
    cleaned = clean(text)
    assert not any(0xD800 <= ord(c) < 0xE000 or (ord(c) < 32 and c not in "\t\n") for c in cleaned)
    cleaned.encode()


def test_marks_of_every_width_are_known():
    assert text_of(codecs.BOM_UTF8 + b"word", "x") == "word"
