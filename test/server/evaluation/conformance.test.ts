/**
 * Chapters against CPython and pint: every value, error and check of a chapter in test/conformance/chapters equals what
 * its `.expected.json` tells. To add one, add `name.qmd` and its record; test/conformance/README.md says how records are
 * made.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import type { Analysis } from '../../../server/evaluation/analysis';
import { Evaluator } from '../../../server/evaluation/evaluator';

const folder = fileURLToPath(new URL('../../conformance/chapters/', import.meta.url));
const chapters = readdirSync(folder).filter(name => name.endsWith('.qmd'));

interface ErrorRecord {
  readonly type: string;
  readonly message: string;
  readonly line?: number;
}

interface Expected {
  readonly cells: readonly {
    readonly label: string | null;
    readonly line: number;
    readonly skipped: boolean;
    readonly ok: boolean;
    readonly error: ErrorRecord | null;
    readonly checks: { readonly passed: number; readonly failed: number };
  }[];
  readonly refs: readonly {
    readonly line: number;
    readonly expr: string;
    readonly ok: boolean;
    readonly value?: string;
    readonly error?: ErrorRecord | null;
  }[];
}

/** The advice that closes some of the library's messages is worded anew; what comes before is compared. */
function comparable(message: string): string {
  return message.replace(/(precision=\d+\.).*/s, '$1').replace(/ \((unknown location|\/[^)]*)\)$/, '');
}

function cellLines(cells: Expected['cells']): string[] {
  return cells.map(cell => {
    const place = `line ${cell.line} ${cell.label}`;
    if (cell.skipped) return `${place}: skipped`;
    const checks = `${cell.checks.passed} passed, ${cell.checks.failed} failed`;
    const error = cell.error ? `${cell.error.type}: ${comparable(cell.error.message)} (line ${cell.error.line})` : 'ok';
    return `${place}: ${error}; ${checks}`;
  });
}

function refLines(refs: Expected['refs']): string[] {
  return refs.map(ref => {
    const value = ref.ok ? ref.value : `${ref.error?.type}: ${comparable(ref.error?.message ?? '')}`;
    return `line ${ref.line} ${ref.expr} = ${value}`;
  });
}

/** The same record of our own evaluation. */
function recordOf(analysis: Analysis): Expected {
  const { lines } = analysis.chapter;
  return {
    cells: analysis.cells.map(({ cell, status, fault, checks }) => {
      const passed = checks.filter(check => check.passed).length;
      const line = fault?.trace.findLast(place => place.cell !== undefined)?.line ?? fault?.line;
      return {
        label: cell.label ?? null,
        line: lines.lineAt(cell.range.start) + 1,
        skipped: status === 'skipped',
        ok: status === 'ok',
        error: fault === undefined ? null : { type: fault.type, message: fault.message, ...(line ? { line } : {}) },
        checks: { passed, failed: checks.length - passed },
      };
    }),
    refs: analysis.refs.map(({ ref, text, fault }) => ({
      line: lines.lineAt(ref.range.start) + 1,
      expr: ref.expr,
      ok: text !== undefined,
      ...(text === undefined ? {} : { value: text }),
      ...(fault === undefined ? {} : { error: { type: fault.type, message: fault.message } }),
    })),
  };
}

describe('chapters evaluate as on CPython', () => {
  test.each(chapters)('%s', name => {
    const text = readFileSync(folder + name, 'utf8');
    const expected: Expected = JSON.parse(readFileSync(folder + name.replace(/\.qmd$/, '.expected.json'), 'utf8'));
    const got = recordOf(new Evaluator().update(parseChapter(text, name)));
    expect(refLines(got.refs)).toEqual(refLines(expected.refs));
    expect(cellLines(got.cells)).toEqual(cellLines(expected.cells));
  });
});
