/**
 * Figures of a book with a package of its own: how long the package takes to load, and from a key in one of its data files to
 * new values in a chapter.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const DEVICES = 40;
const MODULES = 10;
const CELLS = 60;
const PACKAGE_BYTES = 120_000;
/** An edit shows before so many milliseconds, or never. */
const LONGEST = 10_000;

const device = at => `name: Device ${at}
kind: ${at % 3 === 0 ? 'pump' : 'valve'}
peak_flow: ${10 + at}.5 liter / second
power: ${1 + (at % 7)}.25 kilowatt
price: ${1000 + 37 * at}
source: Data sheet ${2000 + (at % 24)}
tags: [a${at}, b${at % 5}]
`;

const REGISTRY = `"""Devices from YAML files."""
from pathlib import Path
from typing import Any, Literal

import pint
import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator

ureg = pint.UnitRegistry()


class Device(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)
    name: str
    kind: Literal["pump", "valve"]
    peak_flow: Any
    power: Any
    price: float = Field(gt=0)
    source: str = ""
    tags: list[str] = []

    @field_validator("peak_flow", "power", mode="before")
    @classmethod
    def _quantity(cls, value):
        return ureg.Quantity(value) if isinstance(value, str) else value


class Devices:
    pass


for path in sorted(Path(__file__).parent.joinpath("data").glob("*.yaml")):
    setattr(Devices, path.stem, Device.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))))
`;

/** A module of constants, classes and functions, as packages of books have them. */
function moduleText(index, bytes) {
  const parts = ['"""Numbers and formulas."""', 'from dataclasses import dataclass', 'from math import ceil, log2', ''];
  let length = 0;
  for (let at = 0; length < bytes; at++) {
    const part = `
# --- survey of ${2000 + (at % 25)}, table ${at} ---
FLOW_${at} = ${10 + at}.5
COUNT_${at} = ${at} * 1_000 + ${index}


@dataclass(frozen=True)
class Record${at}:
    """One row of table ${at}, as it was measured."""

    name: str = "row ${at}"
    flow: float = FLOW_${at}
    count: int = COUNT_${at}

    @property
    def total(self) -> float:
        """What all of them carry together."""
        return self.flow * self.count


def share_${at}(value: float, whole: float = FLOW_${at}) -> float:
    """The share of a value in a whole; raises where the whole is nothing."""
    if whole <= 0:
        raise ValueError(f"a whole of {whole} has no shares")
    parts = [value / whole, log2(1 + value), ceil(value)]
    return sum(part for part in parts if part > 0) / len(parts)
`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('\n');
}

/** Writes the book into a folder; returns the bytes of its package. */
function writeBook(folder) {
  const write = (name, text) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return statSync(path).size;
  };
  let bytes = write('plant/registry.py', REGISTRY);
  const names = Array.from({ length: MODULES }, (_, at) => `numbers${at}`);
  bytes += write(
    'plant/__init__.py',
    ['from .registry import Device, Devices, ureg', ...names.map(name => `from . import ${name}`), ''].join('\n'),
  );
  for (const [at, name] of names.entries())
    bytes += write(`plant/${name}.py`, moduleText(at, (PACKAGE_BYTES - bytes) / (MODULES - at)));
  for (let at = 0; at < DEVICES; at++) bytes += write(`plant/data/d${at}.yaml`, device(at));
  const cell = at => `\`\`\`{python}
class C${at}:
    device = Devices.d${at % DEVICES}
    flow = device.peak_flow * ${1 + (at % 4)}
    shares = [plant.numbers${at % MODULES}.share_1(n + ${at}) for n in range(20)]
    total = sum(shares) + flow.to("liter / minute").magnitude
    total_str = f"{total:,.1f}"
\`\`\`

The total is \`{python} C${at}.total_str\` of \`{python} C${at}.device.name\`, a ${at}th of all that is told here.
`;
  const start = '```{python}\nimport plant\nfrom plant import Devices\n```\n';
  write('chapter.qmd', `${start}\n${Array.from({ length: CELLS }, (_, at) => cell(at)).join('\n')}`);
  for (const name of ['first.qmd', 'plain.qmd']) write(name, '```{python}\nx = 1\n```\n\n`{python} x`\n');
  write('once.qmd', `${start}\n\`{python} Devices.d0.name\`\n`);
  write('again.qmd', `${start}\n\`{python} Devices.d1.name\`\n`);
  return bytes;
}

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];

/** A server with the book's folder, and what opens a file in it: milliseconds until a chapter's findings are there. */
async function openBook(folder, makeServer) {
  const uriOf = name => pathToFileURL(join(folder, name)).href;
  const server = makeServer();
  await server.request('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} });
  server.send({ method: 'initialized', params: {} });
  const open = async (name, languageId = 'quarto') => {
    const text = readFileSync(join(folder, name), 'utf8');
    const start = performance.now();
    const found = languageId === 'quarto' ? server.answer('v1') : undefined;
    const textDocument = { uri: uriOf(name), languageId, version: 1, text };
    server.send({ method: 'textDocument/didOpen', params: { textDocument } });
    await found;
    return performance.now() - start;
  };
  const close = async () => {
    await server.request('shutdown');
    server.send({ method: 'exit' });
  };
  return { server, uriOf, open, close };
}

/** Chapters are opened in so many servers, one after the other. */
const SERVERS = 7;

/** So long a session rests, until the code of what it ran is kept, in milliseconds. */
const REST = 5000;

/**
 * What the package adds to the opening of a chapter, in servers that have opened others before: when nothing of it is known, and
 * when another chapter has imported it. Each is held against a chapter without it, opened just before in the same server. A session
 * came before, as it does for an author who goes on the next day; that one is told by itself.
 */
async function loadTimes(folder, makeServer) {
  const cold = [];
  const again = [];
  const session = await openBook(folder, makeServer);
  await session.open('first.qmd');
  const first = await session.open('once.qmd');
  await pause(REST);
  await session.close();
  for (let at = 0; at < SERVERS; at++) {
    const { open, close } = await openBook(folder, makeServer);
    await open('first.qmd'); // waits for the evaluation process
    const plain = await open('plain.qmd');
    cold.push((await open('once.qmd')) - plain);
    again.push((await open('again.qmd')) - plain);
    await close();
  }
  return { first, cold: median(cold), again: median(again) };
}

/** Times in milliseconds; `makeServer` starts a language server as `bench.mjs` knows it. */
export async function bookTimes(folder, makeServer, edits = 60) {
  const bytes = writeBook(folder);
  const { first, cold, again } = await loadTimes(folder, makeServer);
  const { server, uriOf, open, close } = await openBook(folder, makeServer);
  // Other chapters of the book are open as well.
  for (const name of ['plain.qmd', 'once.qmd', 'again.qmd']) await open(name);
  const whole = await open('chapter.qmd');
  const data = 'plant/data/d7.yaml';
  await open(data, 'yaml');
  const range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
  const hints = () => server.request('textDocument/inlayHint', { textDocument: { uri: uriOf('chapter.qmd') }, range });
  const line = readFileSync(join(folder, data), 'utf8')
    .split('\n')
    .findIndex(one => one.startsWith('peak_flow'));
  const times = [];
  let before = JSON.stringify(await hints());
  for (let at = 0; at < edits; at++) {
    const start = performance.now();
    const change = { start: { line, character: 11 }, end: { line, character: 12 } };
    server.send({
      method: 'textDocument/didChange',
      params: {
        textDocument: { uri: uriOf(data), version: at + 2 },
        contentChanges: [{ range: change, text: String(2 + (at % 7)) }],
      },
    });
    // An answer waits for the values for a while only.
    let now = before;
    while (now === before && performance.now() - start < LONGEST) now = JSON.stringify(await hints());
    times.push(performance.now() - start);
    if (now === before) throw new Error('an edit of a data file did not reach the chapter');
    before = now;
  }
  await close();
  return { bytes, first, cold, again, whole, edits: times };
}
