# Starts the Superbill that lies beside this file, with the packages that lie beside it and no others. The editor runs it
# as `python -I -S launch.py serve`: no environment variable, no user's or site package and no start-up file takes part.
# It must be readable to Python 2 and old 3 as well, for it is they that have to be told.
import os
import sys

if sys.version_info < (3, 10):
    sys.stderr.write("Superbill needs Python 3.10 or newer; this is %s\n" % sys.version.split()[0])
    sys.exit(3)

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))

if __name__ == "__main__":
    from superbill.cli.main import run

    sys.argv[0] = "superbill"
    run()
