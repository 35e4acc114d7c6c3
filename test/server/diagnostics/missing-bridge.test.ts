import { expect, test } from 'vitest';
import { applyFix, cell, fixTitles, report } from '../../support/analysis';

const TANK = 'class Tank:\n    litres_str = "40"\n    flow_str = "3"';
const BRIDGE = 'litres_str = Tank.litres_str';

test('the line is added behind its like, and the name to the header', () => {
  const box = (exports: string) => `# ┌─────────────────────\n# │ Exports: ${exports}\n# └──────────\n`;
  const text = `${cell(`${box('litres_str')}${TANK}\n\n${BRIDGE}\nx = 1`)}\nFlows \`{python} flow_str\` to \`{python} litres_str\`.\n`;
  expect(report(text)).toEqual([
    'error missing-bridge "flow_str": `flow_str` is not defined: `Tank.flow_str` is, but no line brings it out as `flow_str`.',
  ]);
  const title = 'Bring it out of the class: add `flow_str = Tank.flow_str` to the cell';
  expect(fixTitles(text)).toEqual([title, 'Use `Tank.flow_str`']);
  const fixed = applyFix(text, title);
  expect(fixed).toContain(`${BRIDGE}\nflow_str = Tank.flow_str\nx = 1\n`);
  expect(fixed).toContain('Exports: litres_str, flow_str\n');
  expect(report(fixed)).toEqual([]);
});

test('where references name attributes in full, that comes first', () => {
  const text = `${cell(TANK)}\nFlows \`{python} flow_str\` to \`{python} Tank.litres_str\`.\n`;
  const [title] = fixTitles(text);
  expect(title).toBe('Use `Tank.flow_str`');
  expect(report(applyFix(text, title!))).toEqual([]);
});

test('two classes have it: each is offered, none is preferred', () => {
  const text = `${cell(TANK)}\n${cell(TANK.replace('Tank', 'Basin'))}\nFlows \`{python} flow_str\`.\n`;
  expect(report(text)).toEqual([
    'error missing-bridge "flow_str": `flow_str` is not defined: `Tank.flow_str` or `Basin.flow_str` is, but no line brings it out as `flow_str`.',
  ]);
  expect(fixTitles(text)).toEqual([
    'Use `Tank.flow_str`',
    'Bring it out of the class: add `flow_str = Tank.flow_str` to the cell',
    'Use `Basin.flow_str`',
    'Bring it out of the class: add `flow_str = Basin.flow_str` to the cell',
  ]);
});

test('a fix has the line ends of the chapter', () => {
  const box = '# ┌─────────────────────\n# │ Exports: litres_str\n# └──────────\n';
  const text = `${cell(`${box}${TANK}\n\n${BRIDGE}`)}\nFlows \`{python} flow_str\` to \`{python} litres_str\`.\n`;
  const fixed = applyFix(
    text.replaceAll('\n', '\r\n'),
    'Bring it out of the class: add `flow_str = Tank.flow_str` to the cell',
  );
  expect(fixed).toContain(`${BRIDGE}\r\nflow_str = Tank.flow_str\r\n`);
  expect(fixed).not.toMatch(/[^\r]\n/);
});
