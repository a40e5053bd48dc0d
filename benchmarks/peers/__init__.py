"""Peers: other ways to do the same, each with the reader's methods, so that the scorers can ask them.

A peer is a module here with a ``Reader``, or with an ``open_page``; it is scored by
``python -m benchmarks.peers PEER SCORER.py FOLDER``. What a peer gives is JSON as far as the scorers look.
"""
