import { expect, test } from 'vitest';
import { renderChapter } from '../../../server/preview';
import { highlight } from '../../../server/preview/highlight';
import { grammarOf } from '../../../server/preview/languages';
import { analyze } from '../../support/analysis';

test.each([
  [
    'bash',
    'echo "a" # b',
    '<span class="tok-type">echo</span> <span class="tok-string">&quot;a&quot;</span> <span class="tok-comment"># b</span>',
  ],
  ['cpp', 'int x = 1;', '<span class="tok-type">int</span> x = <span class="tok-number">1</span>;'],
  ['yaml', 'a: 1', '<span class="tok-attribute">a:</span> <span class="tok-number">1</span>'],
  ['c', '/* a\nb */', '<span class="tok-comment">/* a</span>\n<span class="tok-comment">b */</span>'],
  ['none', '<b>', '&lt;b&gt;'],
])('code has colours: %s', (language, source, html) => {
  expect(highlight(language, source)).toBe(html);
});

test('languages go by several names', () => {
  expect(['sh', 'c++', 'js', 'rs', 'verilog', 'dockerfile'].map(grammarOf)).toEqual([
    'bash',
    'cpp',
    'javascript',
    'rust',
    'verilog',
    'dockerfile',
  ]);
});

test('annotations of coloured code are numbers at their line', () => {
  const { blocks } = renderChapter(analyze('```bash\necho a # <1>\n```\n'), { colours: highlight });
  expect(blocks[0]!.html).toContain('a <span class="reckoner-annotation" title="Annotation 1">1</span></span>');
});
