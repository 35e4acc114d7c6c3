/** `reckoner rules`: what is reported, and the page of one rule. */
import { createColors } from 'picocolors';
import { RULES } from '../diagnostics';
import { similarNames } from '../diagnostics/similar';
import { type Io, UsageError } from './io';
import { pageOf, summaryOf } from './rulePages';

export interface RulesCommand {
  readonly format: 'text' | 'json';
}

const WIDTH = 100;

/** Lists the rules, or explains the one of `code`. Raises a UsageError for a code that no rule has. */
export async function rules(code: string | undefined, { format }: RulesCommand, io: Io): Promise<number> {
  if (code === undefined) {
    io.out(format === 'json' ? `${JSON.stringify(listed(), undefined, 2)}\n` : table(io));
    return 0;
  }
  refuseUnknown(code);
  const page = pageOf(code);
  if (format === 'json')
    io.out(`${JSON.stringify({ ...listed().find(one => one.code === code), page }, undefined, 2)}\n`);
  else {
    const { terminalText } = await import('./rulePage');
    io.out(terminalText(page, createColors(io.colour), WIDTH));
  }
  return 0;
}

/** Raises a UsageError for a code that no rule has. */
export function refuseUnknown(code: string): void {
  const codes = RULES.map(rule => rule.code);
  if (codes.includes(code)) return;
  const [near] = similarNames(code, codes);
  const hint = near === undefined ? '`reckoner rules` lists them' : `did you mean ${near}?`;
  throw new UsageError(`no rule has the code ${code}; ${hint}`);
}

interface ListedRule {
  readonly code: string;
  readonly severity: string;
  /** What it reports, in one sentence. */
  readonly reports: string;
}

function listed(): readonly ListedRule[] {
  return RULES.map(({ code, severity }) => ({ code, severity, reports: summaryOf(pageOf(code)) })).sort((a, b) =>
    a.code < b.code ? -1 : 1,
  );
}

function table(io: Io): string {
  const { bold, dim } = createColors(io.colour);
  const rows = listed();
  const width = Math.max(...rows.map(({ code }) => code.length));
  const lines = rows.map(
    ({ code, severity, reports }) => `${bold(code.padEnd(width))}  ${severity.padEnd(7)}  ${dim(reports)}`,
  );
  return `${lines.join('\n')}\n\n\`reckoner rules CODE\` explains one of them.\n`;
}
