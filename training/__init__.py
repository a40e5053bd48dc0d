"""How the weights were made: corpora, examples, training, ONNX, card."""
