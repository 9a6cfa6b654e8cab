# Starts the Superbill that lies beside this file, with the packages that lie beside it and no others. The editor runs it
# as `python -I -S -X pycache_prefix=FOLDER launch.py serve`: no environment variable, no user's or site package and no
# start-up file takes part, and what Python compiles of ours is kept in FOLDER: the place of this file may not be written to.
# It must be readable to Python 2 and old 3 as well, for it is they that have to be told.
import os
import sys

if sys.version_info < (3, 10):
    sys.stderr.write("Superbill needs Python 3.10 or newer; this is %s\n" % sys.version.split()[0])
    sys.exit(3)

LIB = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib")


def compiled(folder, source):
    """Where the compiled form of one of our modules is kept: `folder` has the shape of `lib`."""
    from importlib.util import cache_from_source

    return os.path.join(folder, os.path.relpath(cache_from_source(source), LIB))


def keep_apart():
    """Python's own library comes compiled: a prefix for all would have it compiled anew, which takes as long as all of
    ours. So the prefix is made to hold for ours alone, unless Python has kept nothing of its own."""
    folder, sys.pycache_prefix = sys.pycache_prefix, None
    import json
    from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
    from importlib.util import cache_from_source

    if not os.path.exists(cache_from_source(json.__file__)):
        sys.pycache_prefix = folder
        return

    def ours(path):
        place = os.path.relpath(path, LIB)
        return os.path.join(folder, place) if path.endswith(".pyc") and not place.startswith(os.pardir) else path

    class Apart(SourceFileLoader):
        def get_data(self, path):
            return SourceFileLoader.get_data(self, ours(path))

        def set_data(self, path, data, **more):
            SourceFileLoader.set_data(self, ours(path), data, **more)

    def finder(path):
        if path != LIB and not path.startswith(LIB + os.sep):
            raise ImportError(path)
        return FileFinder(path, (Apart, SOURCE_SUFFIXES))

    sys.path_hooks.insert(0, finder)


def compile_ours(folder):
    """Compile the server before its first start, what is needed last first: when the server starts meanwhile, it works
    its way towards us."""
    import py_compile

    for part in ("rules", "engine", "charges", "report", "catalog", "lsp", "text"):
        for at, _, names in os.walk(os.path.join(LIB, "superbill", part)):
            for name in names:
                source = os.path.join(at, name)
                target = compiled(folder, source)
                if name.endswith(".py") and not os.path.exists(target):
                    py_compile.compile(source, target, quiet=2)


if __name__ == "__main__":
    if sys.pycache_prefix:
        keep_apart()
    sys.path.insert(0, LIB)
    from superbill.cli.main import run

    sys.argv[0] = "superbill"
    run()
