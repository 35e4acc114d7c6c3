/**
 * Names that the functions, lambdas and comprehensions around a place bind, told by the lines of code that may be half typed:
 * there may be no tree of it. The text is looked through as far as the functions around the place go.
 */

/** Parameters and what bodies above the place assign, innermost first, then what comprehensions around the place go through. */
export function localNames(source: string, offset: number): readonly string[] {
  const found = new Set<string>();
  const lines = linesOf(source, offset);
  const own = lines.at(-1)!;
  let indent = indentOf(own.text) ?? own.text.length;
  let body: Line[] = [];
  for (let at = lines.length - 2; at >= 0 && indent > 0; at--) {
    const line = lines[at]!;
    const depth = indentOf(line.text);
    if (depth === undefined || depth >= indent) {
      body.push(line);
      continue;
    }
    indent = depth;
    if (!HEADER.test(line.text)) {
      // `if`, `for`, `with`: still the same body.
      body.push(line);
      continue;
    }
    if (/^\s*(?:async\s+)?def\b/.test(line.text)) {
      for (const name of parametersAt(source, line.start)) found.add(name);
      for (const name of assignedIn(body.reverse())) found.add(name);
    }
    body = [];
  }
  for (const name of around(source, offset, own)) found.add(name);
  return [...found];
}

interface Line {
  readonly start: number;
  readonly text: string;
}

const HEADER = /^\s*(?:async\s+)?(?:def|class)\b/;
const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*';

function linesOf(source: string, offset: number): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const text of source.slice(0, offset).split('\n')) {
    lines.push({ start, text });
    start += text.length + 1;
  }
  return lines;
}

/** Undefined for a line that says nothing. */
function indentOf(text: string): number | undefined {
  const trimmed = text.trimStart();
  return trimmed === '' || trimmed.startsWith('#') ? undefined : text.length - trimmed.length;
}

/** Longest list of parameters. */
const LONGEST_HEADER = 2000;

/** The parameters of the function whose `def` stands on the line from `start` on. */
function parametersAt(source: string, start: number): string[] {
  const open = source.indexOf('(', start);
  if (open < 0) return [];
  const names: string[] = [];
  let depth = 0;
  let from = open + 1;
  const take = (end: number) => {
    const name = new RegExp(`^\\s*\\*{0,2}\\s*(${NAME})`, 'u').exec(source.slice(from, end))?.[1];
    if (name !== undefined) names.push(name);
    from = end + 1;
  };
  for (let at = open; at < source.length && at - open < LONGEST_HEADER; at++) {
    const unit = source[at]!;
    if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit) && --depth === 0) {
      take(at);
      break;
    } else if (unit === ',' && depth === 1) take(at);
  }
  return names;
}

const ASSIGNED = new RegExp(
  `^\\s*(${NAME}(?:\\s*,\\s*\\*?${NAME})*)\\s*(?::[^=]+)?(?:[-+*/%|&^@]|//|\\*\\*|<<|>>)?=(?!=)`,
  'u',
);
const LOOP = new RegExp(`\\bfor\\s+((?:[\\s,()*]|${NAME})+?)\\s+in\\b`, 'gu');
const DEFINED = new RegExp(`^\\s*(?:async\\s+)?(?:def|class)\\s+(${NAME})`, 'u');
const ALIAS = new RegExp(`\\bas\\s+(${NAME})`, 'gu');
const WALRUS = new RegExp(`(${NAME})\\s*:=`, 'gu');

/** What the lines of a body bind, without the bodies of functions in it. */
function assignedIn(body: readonly Line[]): string[] {
  const names: string[] = [];
  let within: number | undefined;
  for (const { text } of body) {
    const indent = indentOf(text);
    if (indent === undefined || (within !== undefined && indent > within)) continue;
    within = HEADER.test(text) ? indent : undefined;
    const defined = DEFINED.exec(text)?.[1];
    if (defined !== undefined) names.push(defined);
    else names.push(...namesIn(ASSIGNED.exec(text)?.[1]));
    if (/^\s*(?:async\s+)?for\b/.test(text))
      for (const [, targets] of text.matchAll(LOOP)) names.push(...namesIn(targets));
    for (const pattern of [ALIAS, WALRUS]) for (const [, name] of text.matchAll(pattern)) names.push(name!);
  }
  return names;
}

function namesIn(targets = ''): string[] {
  return targets.match(new RegExp(NAME, 'gu')) ?? [];
}

/** So many lines may a comprehension go on over. */
const MOST_LINES = 6;

/** What comprehensions, which may close behind the place, and lambdas before it bind. */
function around(source: string, offset: number, own: Line): string[] {
  let start = own.start;
  for (
    let lines = 0;
    lines < MOST_LINES && start > 0 && /[([{,]\s*$/.test(source.slice(0, start - 1).slice(-200));
    lines++
  )
    start = source.lastIndexOf('\n', start - 2) + 1;
  let end = source.indexOf('\n', offset);
  for (
    let lines = 0;
    lines < MOST_LINES && end >= 0 && /^\s+(?:for|if)\b/.test(source.slice(end + 1, end + 200));
    lines++
  )
    end = source.indexOf('\n', end + 1);
  const before = source.slice(start, offset);
  const whole = source.slice(start, end < 0 ? source.length : end);
  const names: string[] = [];
  const isLoop = /^\s*(?:async\s+)?for\b/.test(whole);
  for (const [index, [, targets]] of [...whole.matchAll(LOOP)].entries())
    if (index > 0 || !isLoop) names.push(...namesIn(targets));
  for (const [, parameters] of before.matchAll(/\blambda\s+([^:]*):/g))
    for (const one of parameters!.split(',')) names.push(...namesIn(one.split('=', 1)[0]));
  return names;
}
