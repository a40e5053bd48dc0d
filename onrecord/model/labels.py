"""The labels that the heads score, in the order of their outputs."""

CUES = ("O", "B-outer", "I-outer", "B-nested", "I-nested")
NAME_TYPES = ("person", "organization", "place", "nationality", "other")
NAMES = ("O", *(f"{x}-{t}" for t in NAME_TYPES for x in "BI"))
NOMINAL_TYPES = ("person", "organization", "place")
NOMINALS = ("O", *(f"{x}-{t}" for t in NOMINAL_TYPES for x in "BI"))
ROLES = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")

EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
TRIGGERS = ("O", "I", *(f"B-{t}" for t in EVENT_TYPES))
PARTY_ROLES = ("actor", "recipient", "both", "place", "date", "figure")
PARTIES = ("O", *(f"{x}-{r}" for r in PARTY_ROLES for x in "BI"))
STATUSES = ("asserted", "denied", "negated", "future", "hypothetical", "requested", "habitual")
MODES = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "THREATEN": ("restrict", "ban", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
    "SANCTION": ("expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinform", "cyber",
    ),
    "ASSAULT": (
        "beat", "torture", "execute", "sexual", "assassinate", "primitive", "firearms", "explosives",
        "suicide-attack", "heavy-weapons", "aerial", "crowd-control", "cbrn", "abduct",
    ),
    "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    "AID": ("economic", "military", "humanitarian", "asylum", "peacekeeping"),
    "COOPERATE": ("economic", "military", "judicial", "intelligence"),
}  # fmt: skip
"""PLOVER's modes by type; AGREE, SUPPORT and CONCEDE have none."""
TYPED_MODES = tuple((t, m) for t, modes in MODES.items() for m in modes)
CONTEXTS = (
    "military", "intelligence", "diplomatic", "executive", "legislative", "election",
    "political_institutions",
    "pro_democracy", "human_rights", "legal", "corruption", "crime", "illicit_drugs", "terrorism", "economic",
    "resource", "territory", "health", "disaster", "environment", "migration", "cyber", "disinformation",
    "cbrn",
    "religion", "ethnic", "gender", "labor", "reparations", "historical",
)  # fmt: skip
STANCES = ("none", "a_supports_b", "b_supports_a", "a_opposes_b", "b_opposes_a")
DEEDS = ("none", *EVENT_TYPES)
RELATIONS = (
    "supports", "opposes", "fights", "allied_with", "arms", "funds", "commands", "member_of",
    "communicated_with", "located_in",
)  # fmt: skip
MUTUAL = frozenset({"fights", "allied_with", "communicated_with"})
