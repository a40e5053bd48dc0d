"""Training of the coreference scorer: GUM's documents in, the weights of ``onrecord/reading/coreference.json`` out."""
