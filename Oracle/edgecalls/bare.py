"""Single files of packages whose other files need what is not installed."""

import importlib.util
import sys
import types
from importlib.machinery import ModuleSpec


def package(name: str) -> None:
    """The package at its own place, without what its __init__ imports."""
    if name in sys.modules:
        return
    spec = importlib.util.find_spec(name)
    module = types.ModuleType(name)
    module.__path__ = list(spec.submodule_search_locations)
    module.__spec__ = ModuleSpec(name, None, is_package=True)
    module.__spec__.submodule_search_locations = module.__path__
    sys.modules[name] = module


def stub(name: str, **members) -> None:
    """A module with a few members, where the real one cannot be imported."""
    module = types.ModuleType(name)
    module.__dict__.update(members)
    module.__spec__ = ModuleSpec(name, None)
    sys.modules[name] = module


def file(path, name: str):
    """A module from a file."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Registry:
    """A registry that registers nothing."""

    def register_module(self, *_, **__):
        return lambda each: each
