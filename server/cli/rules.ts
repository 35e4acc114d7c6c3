/** `reckoner rules`: what is reported, and the page of one rule. */
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { RULES } from '../diagnostics';
import { similarNames } from '../diagnostics/similar';
import { filesIn } from '../files/node';
import { type Io, UsageError } from './io';

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
  if (!RULES.some(rule => rule.code === code)) {
    const [near] = similarNames(
      code,
      RULES.map(rule => rule.code),
    );
    const hint = near === undefined ? '`reckoner rules` lists them' : `did you mean ${near}?`;
    throw new UsageError(`no rule has the code ${code}; ${hint}`);
  }
  const page = pageOf(code);
  if (format === 'json')
    io.out(`${JSON.stringify({ ...listed().find(one => one.code === code), page }, undefined, 2)}\n`);
  else {
    const { terminalText } = await import('./rulePage');
    io.out(terminalText(page, createColors(io.colour), WIDTH));
  }
  return 0;
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

/** The first sentence behind the line on severity. */
function summaryOf(page: string): string {
  const [, , text = ''] = page.split(/\n{2,}/);
  return /^.*?[.:](?=\s|$)/s.exec(text)?.[0].replaceAll(/\s+/g, ' ').replace(/:$/, '.') ?? text;
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

/** Pages lie beside the program; where it runs from its sources, among the documents. */
function pageOf(code: string): string {
  const beside = filesIn(join(__dirname, 'rules'));
  const name = `${code}.md`;
  const pages = beside.exists(join(beside.root, name)) ? beside : filesIn(join(__dirname, '../../docs/rules'));
  return pages.readText(join(pages.root, name));
}
