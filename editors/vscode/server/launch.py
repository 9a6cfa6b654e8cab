# Starts the Superbill that lies beside this file, with the packages that lie beside it and no others. The editor runs it
# as `python -I -S -X pycache_prefix=FOLDER launch.py serve`: no environment variable, no user's or site package and no
# start-up file takes part, and what Python compiles of ours is kept in FOLDER: the place of this file may not be written to.
# It must be readable to Python 2 and old 3 as well, for it is they that have to be told.
import os
import sys

if sys.version_info < (3, 10):
    sys.stderr.write("Superbill needs Python 3.10 or newer; this is %s\n" % sys.version.split()[0])
    sys.exit(3)

HERE = os.path.dirname(os.path.abspath(__file__))
LIB = os.path.join(HERE, "lib")
#: Beside `lib`, and of its shape: what was compiled when the extension was packed, for the Pythons that were at hand.
SHIPPED = os.path.join(HERE, "compiled")


def compiled(folder, source):
    """Where the compiled form of one of our modules is kept: `folder` has the shape of `lib`."""
    from importlib.util import cache_from_source

    name = os.path.basename(cache_from_source(source))
    return os.path.join(folder, os.path.relpath(os.path.dirname(source), LIB), "__pycache__", name)


def keep_apart():
    """Python's own library comes compiled: a prefix for all would have it compiled anew, which takes as long as all of
    ours. So the prefix is made to hold for ours alone, unless Python has kept nothing of its own."""
    folder, sys.pycache_prefix = sys.pycache_prefix, None
    import json
    from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
    from importlib.util import cache_from_source

    if not os.path.exists(cache_from_source(json.__file__)):
        sys.pycache_prefix = folder

    class Apart(SourceFileLoader):
        def get_data(self, path):
            if not path.endswith(".pyc"):
                return SourceFileLoader.get_data(self, path)
            try:
                return SourceFileLoader.get_data(self, compiled(folder, self.path))
            except OSError:
                return SourceFileLoader.get_data(self, compiled(SHIPPED, self.path))

        def set_data(self, path, data, **more):
            SourceFileLoader.set_data(self, compiled(folder, self.path), data, **more)

    def finder(path):
        if path != LIB and not path.startswith(LIB + os.sep):
            raise ImportError(path)
        return FileFinder(path, (Apart, SOURCE_SUFFIXES))

    sys.path_hooks.insert(0, finder)


def compile_into(folder, parts, for_good=False):
    """Compile what lies in some parts of `lib`. What is compiled `for_good` is never compared with its source again."""
    import py_compile

    modes = py_compile.PycInvalidationMode
    mode = modes.UNCHECKED_HASH if for_good else modes.TIMESTAMP
    for part in parts:
        for at, _, names in os.walk(os.path.join(LIB, part)):
            for name in names:
                source = os.path.join(at, name)
                target = compiled(folder, source)
                if name.endswith(".py") and not os.path.exists(target):
                    shown = os.path.relpath(source, HERE)
                    py_compile.compile(source, target, dfile=shown, quiet=2, invalidation_mode=mode)


if __name__ == "__main__":
    if sys.pycache_prefix:
        keep_apart()
    sys.path.insert(0, LIB)
    from superbill.cli.main import run

    sys.argv[0] = "superbill"
    run()
