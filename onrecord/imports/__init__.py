"""Annotations of other tools as plain values: what `onrecord import` makes corrections and gold of."""
