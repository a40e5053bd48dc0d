"""The command line with a reader that stands in for the real one; run as a program by tests."""

from standins import plain_reader

import onrecord.command
from onrecord.cli import main

if __name__ == "__main__":
    onrecord.command.read_command.__kwdefaults__["make_reader"] = plain_reader
    main()
