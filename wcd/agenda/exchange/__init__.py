"""In and out: the agenda as files of several kinds, written and read; what an import would do, and doing it.

``files`` is the neutral whole between database and formats. Reading: ``reading`` finds the kind by content, each
reader gives an ``AgendaFile`` and its findings. Writing: one module per format, pure. ``planning`` compares a file
with the working copy, ``applying`` writes what was planned.
"""
