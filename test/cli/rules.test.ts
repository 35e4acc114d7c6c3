import { expect, test } from 'vitest';
import { run } from '../../server/cli/commands';
import type { Io } from '../../server/cli/io';
import { RULES } from '../../server/diagnostics';

async function reckoner(...argv: string[]) {
  let out = '';
  let err = '';
  const io: Io = {
    out: text => {
      out += text;
    },
    err: text => {
      err += text;
    },
    async *lines() {},
    cwd: '/',
    env: {},
    colour: false,
    terminal: false,
    progress: false,
  };
  return { status: await run(argv, io), out, err };
}

test('lists every rule with its severity and what it reports', async () => {
  const { status, out } = await reckoner('rules');
  expect(status).toBe(0);
  expect(out).toMatch(/^failed-check +error +\S.*\.$/m);
  for (const { code } of RULES) expect(out).toContain(`${code} `);
  const listed = JSON.parse((await reckoner('rules', '--format', 'json')).out);
  expect(listed).toHaveLength(RULES.length);
  expect(listed[0]).toEqual({
    code: 'budget-exceeded',
    severity: 'warning',
    reports: expect.stringMatching(/^\S.*\.$/),
  });
});

test('explains one: its page, wrapped, without marks of Markdown', async () => {
  const { status, out } = await reckoner('rules', 'doubled-unit');
  expect(status).toBe(0);
  expect(out).toMatchInlineSnapshot(`
    "doubled-unit

    Default severity: warning. Quick fix: leave the unit to the value.

    The value of a reference brings a unit or sign along, and the sentence says it once more: "45%%" of
    "45%", "$ $12" of "$12", "16 GB gigabytes", "50M million", or in another unit of its kind: "500 mW
    W"; or the sentence says it twice behind the value ("45% percent", "40 s seconds", "72 °C °C"), or
    before and behind it ("€3.50 €", "$9.50 cents"). The same sign twice in the sentence is told by
    rendered-sentence. It happens when a formatter in the cell starts to write the unit that the prose
    wrote until then.

    Reported

        \`\`\`{python}
        load_str = "45%"
        \`\`\`

        The pumps run at \`{python} load_str\`% of their load.

    Clean

        \`\`\`{python}
        load_str = "45%"
        \`\`\`

        The pumps run at \`{python} load_str\` of their load.
    "
  `);
});

test('a code that no rule has', async () => {
  expect(await reckoner('rules', 'doubled-units')).toEqual({
    status: 2,
    out: '',
    err: 'reckoner: no rule has the code doubled-units; did you mean doubled-unit?\n',
  });
});
