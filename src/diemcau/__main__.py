"""`python -m diemcau`: the same as the command `diemcau`."""

import sys

from diemcau.cli import main

sys.exit(main())
