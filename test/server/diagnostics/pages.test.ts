/** Each rule has a page whose first example it reports, and whose second one is clean. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../../server/diagnostics';
import { applyEdits } from '../../../server/diagnostics/fixes';
import { findingsOf } from '../../support/analysis';

const folder = join(import.meta.dirname, '../../../docs/rules');
const codes = [...new Set(RULES.map(rule => rule.code))];

function page(code: string) {
  const text = readFileSync(join(folder, `${code}.md`), 'utf8');
  const example = (title: string) => {
    const found = new RegExp(`## ${title}\\n\\n\`{4}markdown\\n([\\s\\S]*?)\\n\`{4}`).exec(text);
    if (found === null) throw new Error(`docs/rules/${code}.md has no example under "${title}"`);
    return `${found[1]}\n`;
  };
  return { text, reported: example('Reported'), clean: example('Clean') };
}

test('there is a page for each rule, and no other', () => {
  expect(readdirSync(folder).sort()).toEqual(codes.map(code => `${code}.md`).sort());
});

test('the table of docs/README.md has a row for each rule', () => {
  const rows = readFileSync(join(folder, '../README.md'), 'utf8').matchAll(
    /^\| \[(.+?)\]\(rules\/\1\.md\) +\| (\w+) +\|/gm,
  );
  const listed = Array.from(rows, ([, code, severity]) => `${code} ${severity}`);
  const rules = codes.map(code => `${code} ${RULES.find(rule => rule.code === code)!.severity}`);
  expect(listed.sort()).toEqual(rules.sort());
});

describe.each(codes)('%s', code => {
  test('its page has its code and severity', () => {
    expect(existsSync(join(folder, `${code}.md`))).toBe(true);
    const { text } = page(code);
    expect(text.startsWith(`# ${code}\n`)).toBe(true);
    const severity = RULES.find(rule => rule.code === code)!.severity;
    expect(text).toContain(`Default severity: **${severity}**`);
  });

  test('the first example is reported, under this code alone or with its consequences', () => {
    const findings = findingsOf(page(code).reported);
    expect(findings.map(finding => finding.code)).toContain(code);
    const rule = RULES.find(one => one.code === code)!;
    const others = findings.filter(finding => finding.code !== code && finding.severity === rule.severity);
    expect(others).toEqual([]);
  });

  test('each fix of the first example leaves its finding gone and no new one', () => {
    const { reported } = page(code);
    const before = findingsOf(reported);
    for (const { fixes = [], code: of } of before)
      for (const { edits } of fixes) {
        const after = findingsOf(applyEdits(reported, edits));
        const counted = (all: typeof before, one: string) => all.filter(finding => finding.code === one).length;
        expect(counted(after, of)).toBeLessThan(counted(before, of));
        for (const finding of after)
          expect(counted(after, finding.code)).toBeLessThanOrEqual(counted(before, finding.code));
      }
  });

  test('the second example is clean', () => {
    expect(findingsOf(page(code).clean)).toEqual([]);
  });
});
