/**
 * Keys of Quarto's YAML as books use them: a compact table, not all of its schema. A line is `key: values — what it does`;
 * values stand with bars between, a type in angle brackets; keys below a key are indented.
 */

/** A key with what it takes. */
export interface SchemaKey {
  readonly name: string;
  /** Values that can be written out; empty for free ones. */
  readonly values: readonly string[];
  readonly doc: string;
  readonly keys: readonly SchemaKey[];
  /** True where a text may stand behind it as well as keys below. */
  readonly isText: boolean;
}

/** Reads a table. */
export function readSchema(table: string): readonly SchemaKey[] {
  const top: SchemaKey[] = [];
  const open: { readonly indent: number; readonly keys: SchemaKey[] }[] = [{ indent: -1, keys: top }];
  for (const line of table.split('\n')) {
    const found = /^( *)([\w-]+):(?: ([^—]*?))?(?: *— (.*))?$/.exec(line);
    if (found === null) continue;
    const [, spaces, name, values = '', doc = ''] = found;
    const indent = spaces!.length;
    while (open.at(-1)!.indent >= indent) open.pop();
    const keys: SchemaKey[] = [];
    const written = values.split('|').map(value => value.trim());
    const known = written.flatMap(value =>
      value === '<bool>' ? ['true', 'false'] : /^(?:<|$)/.test(value) ? [] : [value],
    );
    open.at(-1)!.keys.push({ name: name!, values: known, doc, keys, isText: written.includes('<text>') });
    open.push({ indent, keys });
  }
  return top;
}
