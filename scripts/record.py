"""Records what CPython makes of conformance cases. Needs Python 3.13 with pint 0.24, numpy 2.2, pydantic 2.10
and IPython 8, and `npm run build`.

    python3 scripts/record.py FILE... [--path FOLDER]

A program `name.py` gets what it prints in `name.out`; a chapter `name.qmd` its values, errors and checks in
`name.expected.json`; a file of references, `references/name.json`, the texts that IPython shows for its expressions.
The figure that a program `figures/name.py` draws gets its limits, ticks and texts in `name.json`, of matplotlib 3.10.
Pieces of Markdown, `prose/name.md` and `constructs/name.md`, get the trees that Pandoc 3.1 reads in `name.json`.
The table of emoji, `server/preview/emoji.json`, gets those that Pandoc has for its names.
`--path` names a folder with packages that a chapter imports, such as a book's own `mlsys`.
"""
import argparse
import contextlib
import io
import json
import os
import re
import subprocess
import sys
import traceback
import types
import warnings
from pathlib import Path

CLI = Path(__file__).resolve().parent.parent / "dist" / "cli.js"


def record_program(path):
    ran = subprocess.run([sys.executable, path.name], cwd=path.parent, capture_output=True, encoding="utf-8")
    if ran.returncode != 0:
        sys.exit(f"{path}: the program fails\n{ran.stderr}")
    path.with_suffix(".out").write_text(ran.stdout, encoding="utf-8")


class Checks:
    """Counts the calls of the package's `check`, if there is one; a failed one does not end the cell."""

    def __init__(self):
        self.passed = self.failed = 0
        with contextlib.suppress(ImportError):
            import mlsys.formatting as module

            original = module.check

            def check(condition, *args, **kwargs):
                self.passed, self.failed = self.passed + bool(condition), self.failed + (not condition)
                return original(condition, *args, **kwargs)

            module.check = check


def source_of(lines, first):
    """The code of the cell that opens at line `first`, with blank lines above, so that its lines keep their numbers."""
    indent, fence = re.match(r"(\s*)(`{3,})", lines[first - 1]).groups()
    end = first
    while end < len(lines) and not re.fullmatch(re.escape(indent + fence) + r"\s*", lines[end]):
        end += 1
    code = [line.removeprefix(indent) for line in lines[first:end]]
    return "\n" * first + "\n".join("pass" if re.match(r"\s*[%!]", line) else line for line in code) + "\n"


def told(error, file):
    message, line = str(error), None
    for frame in traceback.extract_tb(error.__traceback__):
        line = frame.lineno if frame.filename == file else line
    if isinstance(error, ImportError):  # without the place of the module on this machine
        message = re.sub(r" \((/[^)]*|unknown location)\)$", "", message)
    if isinstance(error, SyntaxError):
        message, line = error.msg, error.lineno
    return {"type": type(error).__name__, "message": message, **({"line": line} if line else {})}


def display(value):
    """What a reference leaves in an HTML book: HTML rather than Markdown, that rather than text, which loses its quotes."""
    from IPython.core.formatters import DisplayFormatter

    forms = DisplayFormatter().format(value)[0]
    mime = next((mime for mime in ("text/html", "text/markdown") if mime in forms), "text/plain")
    text = forms[mime]
    quoted = mime == "text/plain" and len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return {"mime": mime, "text": text[1:-1] if quoted else text, **({"quoted": True} if quoted else {})}


def record_references(path):
    """Of expressions after the setup; what differs from machine to machine becomes an ellipsis."""
    cases = json.loads(path.read_text(encoding="utf-8"))
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    exec("\n".join(cases["setup"]), main.__dict__)
    for case in cases["cases"]:
        expr = case["expr"]
        with contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings(action="ignore"):
            found = display(eval(expr, main.__dict__))
        text = re.sub(r" at 0x[0-9a-f]+", " at 0x…", found["text"])
        case.clear()
        case.update(expr=expr, **{**found, "text": re.sub(r"(<module '[\w.]+') [^>]*>", r"\1 …>", text)})
    lines = [json.dumps(case, ensure_ascii=False) for case in cases["cases"]]
    setup = ",\n".join("  " + json.dumps(line, ensure_ascii=False) for line in cases["setup"])
    text = '{\n "setup": [\n' + setup + '\n ],\n "cases": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n"
    path.write_text(text, encoding="utf-8")


def record_chapter(path):
    # where the cells and references are; the status only tells whether one of them failed
    ours = json.loads(subprocess.run(["node", CLI, "values", path, "--format", "json"], stdout=subprocess.PIPE).stdout)
    lines = path.read_text(encoding="utf-8").splitlines()
    checks = Checks()
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    steps = [(cell["line"], "cell", cell) for cell in ours["cells"]]
    steps += [(ref["line"], "ref", ref) for ref in ours["refs"]]
    cells, refs = [], []
    for line, kind, step in sorted(steps, key=lambda one: one[0]):
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            if kind == "cell":
                cells.append(cell_record(step, line, source_of(lines, line), main, checks, str(path)))
            else:
                refs.append(ref_record(step["expr"], line, main))
    text = json.dumps({"chapter": path.name, "cells": cells, "refs": refs}, ensure_ascii=False, indent=1)
    path.with_suffix(".expected.json").write_text(text + "\n", encoding="utf-8")


def cell_record(cell, line, source, main, checks, file):
    skipped = cell.get("skipped", False)
    record = {"label": cell.get("label"), "line": line, "skipped": skipped, "ok": not skipped, "error": None}
    checks.passed = checks.failed = 0
    if not skipped:
        try:
            exec(compile(source, file, "exec"), main.__dict__)
        except Exception as error:
            record.update(ok=False, error=told(error, file))
    return {**record, "checks": {"passed": checks.passed, "failed": checks.failed}}


def ref_record(expr, line, main):
    try:
        return {"line": line, "expr": expr, "ok": True, "value": display(eval(expr, main.__dict__))["text"]}
    except Exception as error:
        found = told(error, "")
        return {"line": line, "expr": expr, "ok": False, "error": {"type": found["type"], "message": found["message"]}}


def record_markdown(path):
    """Pandoc's tree of each piece between lines of `%%%`; `prose` has its marks as they are written."""
    reader = "markdown-smart" if path.parent.name == "prose" else "markdown"
    trees = []
    for piece in path.read_text(encoding="utf-8").split("\n%%%\n"):
        command = ["pandoc", "-f", reader, "-t", "json"]
        ran = subprocess.run(command, input=piece + "\n", capture_output=True, encoding="utf-8", check=True)
        trees.append(json.dumps(json.loads(ran.stdout)["blocks"], ensure_ascii=False, separators=(",", ":")))
    path.with_suffix(".json").write_text("[\n" + ",\n".join(trees) + "\n]\n", encoding="utf-8")


def record_emoji(path):
    """The emoji that Pandoc has for the names in the file; names that it does not know are left out."""
    names = list(json.loads(path.read_text(encoding="utf-8")))
    text = "\n\n".join(f":{name}:" for name in names) + "\n"
    command = ["pandoc", "-f", "markdown+emoji", "-t", "json"]
    ran = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True)
    found = {}
    for block in json.loads(ran.stdout)["blocks"]:
        (inline,) = block["c"]
        if inline["t"] == "Span":  # with the name among its attributes
            [_, _, attributes], [emoji] = inline["c"]
            found[dict(attributes)["data-emoji"]] = emoji["c"]
    lines = [f"{json.dumps(name)}: {json.dumps(found[name], ensure_ascii=False)}" for name in sorted(found)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def record_figure(path):
    """What matplotlib makes of a figure: of each axes the limits, the ticks within them with their texts, and the legend."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    pyplot.close("all")
    # As Quarto sets it.
    pyplot.rcParams["figure.figsize"] = (7, 5)
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), {"__name__": "__main__"})
    figure = pyplot.gcf()
    figure.canvas.draw()
    bars = [axes for axes in figure.axes if hasattr(axes, "_colorbar")]
    records = [axes_record(axes) for axes in figure.axes if axes not in bars]
    text = "[\n" + ",\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n]\n"
    path.with_suffix(".json").write_text(text, encoding="utf-8")


def axes_record(axes):
    legend = axes.get_legend()
    return {
        "x": axis_record(axes.xaxis, axes.get_xlim()),
        "y": axis_record(axes.yaxis, axes.get_ylim()),
        "title": axes.get_title(),
        **{side: axes.get_title(side) for side in ("left", "right") if axes.get_title(side)},
        "legend": None if legend is None else [text.get_text() for text in legend.get_texts()],
    }


def axis_record(axis, limits):
    low, high = sorted(axis.get_transform().transform(limits))
    slack = 1e-10 * (high - low)

    def seen(ticks):
        places = axis.get_transform().transform([tick.get_loc() for tick in ticks])
        return [tick for tick, place in zip(ticks, places) if low - slack <= place <= high + slack]

    def text(tick):
        label = tick.label2 if axis.get_ticks_position() in ("right", "top") else tick.label1
        return re.sub(r"\\mathdefault\{(.*)\}", r"\1", label.get_text()) if label.get_visible() else ""

    is_drawn = axis.get_visible()
    major, minor = (seen(ticks()) if is_drawn else [] for ticks in (axis.get_major_ticks, axis.get_minor_ticks))
    return {
        "limits": [float(limit) for limit in limits],
        "ticks": [float(tick.get_loc()) for tick in major],
        "labels": [text(tick) for tick in major],
        "minor": [float(tick.get_loc()) for tick in minor],
        "minorLabels": [text(tick) for tick in minor],
        "offset": re.sub(r"\\mathdefault\{(.*)\}", r"\1", axis.get_offset_text().get_text()),
    }


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--path", type=Path, action="append", default=[])
    chosen = options.parse_args()
    os.environ.setdefault("MPLBACKEND", "Agg")
    sys.path[:0] = [str(folder.resolve()) for folder in chosen.path]
    recipes = {".qmd": record_chapter, ".json": record_references, ".py": record_program, ".md": record_markdown}
    for file in chosen.files:
        place = file.resolve()
        recipe = record_figure if place.parent.name == "figures" else recipes[place.suffix]
        recipe = record_emoji if place.name == "emoji.json" else recipe
        recipe(place)
