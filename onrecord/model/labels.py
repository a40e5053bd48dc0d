"""The labels that the heads score, in the order of their outputs."""

CUES = ("O", "B-outer", "I-outer", "B-nested", "I-nested")
NAME_TYPES = ("person", "organization", "place", "nationality", "other")
NAMES = ("O", *(f"{x}-{t}" for t in NAME_TYPES for x in "BI"))
NOMINAL_TYPES = ("person", "organization", "place")
NOMINALS = ("O", *(f"{x}-{t}" for t in NOMINAL_TYPES for x in "BI"))
ROLES = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
