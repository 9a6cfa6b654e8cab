# Starts the Superbill that lies beside this file, with the packages that lie beside it and no others. The editor runs it
# as `python -I -S launch.py serve`: no environment variable, no user's or site package and no start-up file takes part.
# It must be readable to Python 2 and old 3 as well, for it is they that have to be told.
import os
import sys

if sys.version_info < (3, 10):
    sys.stderr.write("Superbill needs Python 3.10 or newer; this is %s\n" % sys.version.split()[0])
    sys.exit(3)

LIB = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib")


def compile_beside():
    """On the very first start another process compiles the rules while this one loads the protocol: half a second less."""
    import subprocess

    parts = [os.path.join(LIB, "superbill", part) for part in ("engine", "rules", "charges", "catalog", "report", "lsp")]
    flags = ["-I", "-S", "-X", "pycache_prefix=" + sys.pycache_prefix]
    nothing = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.Popen([sys.executable] + flags + ["-m", "compileall", "-q"] + parts, **nothing)


if __name__ == "__main__":
    sys.path.insert(0, LIB)
    if sys.argv[1:2] == ["serve"] and sys.pycache_prefix and not os.path.isdir(sys.pycache_prefix):
        try:
            compile_beside()
        except OSError:
            pass  # then this process does it all
    from superbill.cli.main import run

    sys.argv[0] = "superbill"
    run()
