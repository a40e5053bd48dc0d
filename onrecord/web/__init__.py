"""The workbench: where people read, search, compare and correct the record, in a browser."""
