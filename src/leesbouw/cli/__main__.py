"""`python -m leesbouw.cli` is the same as `leesbouw`."""

import sys

from .main import main

sys.exit(main())
