"""`python -m quartiers VERBE …`, the same command as `quartiers VERBE …`."""

import sys

from quartiers.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
