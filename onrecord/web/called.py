"""How the values of a record are called in the interface: the texts that translators find for them."""

from __future__ import annotations

from onrecord.web.language import translations


def marked(text: str) -> frozenset[str]:
    """Mark a text for translation; it is looked up when it is shown."""
    return frozenset((text,))


VALUES = frozenset().union(
    # attitudes
    marked("asserts"), marked("denies"), marked("doubts"), marked("believes"), marked("wants"),
    marked("asks"), marked("orders"), marked("promises"), marked("warns"), marked("accuses"),
    marked("supports"), marked("opposes"), marked("praises"), marked("criticizes"), marked("fears"),
    marked("expects"), marked("admits"), marked("agrees"), marked("rejects"),
    # statuses
    marked("asserted"), marked("denied"), marked("negated"), marked("future"), marked("hypothetical"),
    marked("requested"), marked("habitual"),
    # relations
    marked("fights"), marked("allied with"), marked("arms"), marked("funds"), marked("commands"),
    marked("member of"), marked("communicated with"), marked("located in"),
    # events and their modes
    marked("AGREE"), marked("CONSULT"), marked("SUPPORT"), marked("CONCEDE"), marked("COOPERATE"),
    marked("AID"), marked("RETREAT"), marked("REQUEST"), marked("ACCUSE"), marked("REJECT"),
    marked("THREATEN"), marked("PROTEST"), marked("SANCTION"), marked("MOBILIZE"), marked("COERCE"),
    marked("ASSAULT"), marked("abduct"), marked("access"), marked("aerial"), marked("arrest"),
    marked("assassinate"), marked("asylum"), marked("ban"), marked("beat"), marked("cbrn"),
    marked("ceasefire"), marked("crowd-control"), marked("curfew"), marked("deport"), marked("disarm"),
    marked("discontinue"), marked("economic"), marked("execute"), marked("expel"), marked("explosives"),
    marked("firearms"), marked("heavy-weapons"), marked("humanitarian"), marked("intelligence"),
    marked("judicial"), marked("martial-law"), marked("meet"), marked("military"), marked("obstruct"),
    marked("peacekeeping"), marked("phone"), marked("primitive"), marked("relations"),
    marked("release"), marked("restrict"), marked("return"), marked("riot"), marked("seize"),
    marked("sexual"), marked("suicide-attack"), marked("territory"), marked("third-party"),
    marked("torture"), marked("violence"), marked("visit"), marked("withdraw"),
    # quad classes
    marked("verbal cooperation"), marked("material cooperation"), marked("verbal conflict"),
    marked("material conflict"),
    # layers of the reading view, parts of an entry, kinds of party and of statement
    marked("statements"), marked("events"), marked("figures"), marked("times"), marked("actor"),
    marked("recipient"), marked("speaker"), marked("to"), marked("subject"), marked("object"),
    marked("direct"), marked("indirect"), marked("mixed"), marked("person"), marked("organization"),
    marked("place"), marked("nationality"), marked("document"), marked("group"), marked("other"),
    # kinds of entry, and what is told of why one is on record
    marked("statement"), marked("event"), marked("relation"), marked("figure"), marked("source"),
    marked("cue"), marked("content"), marked("kind"), marked("attitude"), marked("within"), marked("score"),
    marked("actors"), marked("recipients"), marked("also called"), marked("country"), marked("date"),
    marked("on the map"), marked("period"), marked("place of"), marked("role"), marked("said to"),
    marked("sectors"), marked("stands for"), marked("status"), marked("told again"), marked("type"),
    marked("unit"), marked("value"), marked("weight"), marked("according to"), marked("evidence"),
    # roles
    marked("anyone"), marked("reader"), marked("editor"), marked("administrator"),
)  # fmt: skip
"""Values that have a name in the interface; others are shown as they are, whoever made them."""


def called(language: str, value: str) -> str:
    """Give what a value is called in a language."""
    words = value.replace("_", " ")
    return translations(language).gettext(words) if words in VALUES else words
