"""Training of the coreference scorer: GUM in, ``onrecord/reading/coreference.json`` out."""
