"""The model: a text in, what the weights see in it out."""
