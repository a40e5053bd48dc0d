"""The lexicon: small documented word lists, as data, each with its source in its first line."""
