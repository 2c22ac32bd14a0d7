"""One file a framework: its versions, what its calls are made of, and the calls.

VERSIONS is what `meta.framework` says; `symbols` gives the names that a call may use, explained by
the docstring; a row is an id, the call that is evaluated, and the precision that the value is held
against where that is not float32.
"""
