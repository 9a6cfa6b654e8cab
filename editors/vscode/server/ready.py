# Says which Python this is, and whether it will do; then, before the first start, compiles the server beside this file while
# the editor goes on, where it was not packed compiled for this Python. The editor runs it as `python -S -E ready.py FOLDER`,
# to keep in FOLDER what is compiled.
# It must be readable to Python 2 and old 3 as well: it is they that have to be told apart.
import os
import sys


def has_index():
    """Whether SQLite has the full-text index that the catalog is searched by."""
    try:
        import sqlite3

        sqlite3.connect(":memory:").execute("create virtual table t using fts5(x)")
        return 1
    except Exception:
        return 0


if __name__ == "__main__":
    index = has_index()
    sys.stdout.write("superbill-probe %d.%d.%d %d\n" % (sys.version_info[:3] + (index,)))
    sys.stdout.flush()
    if sys.version_info >= (3, 10) and index and not os.path.isdir(sys.argv[1]):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody listens from here on
        sys.dont_write_bytecode = True
        from launch import LIB, SHIPPED, compile_into, compiled

        if not os.path.exists(compiled(SHIPPED, os.path.join(LIB, "superbill", "__init__.py"))):
            # What is needed last first: when the server starts meanwhile, it works its way towards us.
            parts = ("rules", "engine", "charges", "report", "catalog", "lsp", "text")
            compile_into(sys.argv[1], [os.path.join("superbill", part) for part in parts])
