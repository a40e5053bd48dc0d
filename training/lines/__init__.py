"""How the line weights of ``onrecord/pages/weights`` were made: pages with their article's text, and
clean articles.
"""
