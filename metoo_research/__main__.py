"""``python -m metoo_research``: the same as the command ``metoo-research``."""

import sys

from metoo_research.cli import main

sys.exit(main())
