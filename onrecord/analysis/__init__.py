"""What a store says when it is counted: series of two parties, signed networks, versions of one matter.

Plain functions over a View and a Filter, each giving frozen values. Every number can list the entries behind
it: (page id, entry id), which ``onrecord.store.series_rows.lines`` reads.
"""
