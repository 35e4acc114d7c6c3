/** A formula as one Python expression over its leaves: what whoever doubts a number can run. */
import type { NumericValue, PartRecord, ProvenanceRecord } from '../evaluation/provenance';
import { isLeaf } from './behind';

/** The expression that gives the value of the first source; its names are those of units, functions and modules alone. */
export function pythonOf(record: ProvenanceRecord): string {
  return sourceText(0, record);
}

function sourceText(index: number, record: ProvenanceRecord): string {
  const source = record.sources[index]!;
  const { formula, value } = source;
  // A member of a class of choices has no text that Python reads.
  const isLiteral = isLeaf(source) && formula?.kind === 'literal' && !value.repr.startsWith('<');
  // What changed it says not how.
  const isTold = formula !== undefined && source.changedBy === undefined;
  return !isTold || isLiteral ? leafText(value) : partText(formula, record);
}

/** A value as Python reads it; a file is opened once more. */
function leafText({ repr }: NumericValue): string {
  const file = /^<_io\.TextIOWrapper name=(.*) mode='r' encoding=('[^']*')>$/s.exec(repr);
  if (file !== null) return `open(${file[1]}, encoding=${file[2]})`;
  return repr.replace(/^<Quantity\((.*)\)>$/s, 'Q_($1)');
}

function partText(part: PartRecord, record: ProvenanceRecord): string {
  const within = (one: PartRecord) => partText(one, record);
  switch (part.kind) {
    case 'literal':
      return part.code;
    case 'object':
      // A function may have another name for a unit.
      return part.value.repr.startsWith('<Unit(')
        ? part.value.repr.replace(/^<Unit\((.*)\)>$/s, 'Q_(1, $1).units')
        : part.code;
    case 'source':
      return `(${sourceText(part.source, record)})`;
    case 'operation': {
      const [left, right] = part.operands as [PartRecord, PartRecord | undefined];
      return right === undefined
        ? `(${part.operator} ${within(left)})`
        : `(${within(left)} ${part.operator} ${within(right)})`;
    }
    case 'call': {
      const given = [...part.args.map(within), ...part.keywords.map(([name, one]) => `${name}=${within(one)}`)];
      return `${part.on === undefined ? '' : `${within(part.on)}.`}${part.callee}(${given.join(', ')})`;
    }
    case 'attribute':
      return `${within(part.of)}.${part.name}`;
    case 'choice':
      return within(part.of);
    case 'item':
      return `${within(part.of)}[${within(part.index)}]`;
    case 'code':
      return codeText(part, record);
  }
}

/** Other code as a function of the names in it. */
function codeText({ code, names }: PartRecord & { readonly kind: 'code' }, record: ProvenanceRecord): string {
  let text = code;
  const parameters: string[] = [];
  const values: string[] = [];
  for (const [path, part] of [...names].sort(([a], [b]) => b.length - a.length)) {
    // A text shows expressions, which stand in braces.
    const isPath = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(path);
    // Fields of several objects may have one name.
    const isOwn = isPath && !parameters.includes(path.replaceAll('.', '__'));
    const parameter = isOwn ? path.replaceAll('.', '__') : `part${parameters.length}`;
    text = isPath
      ? text.replaceAll(new RegExp(`(?<![\\w.])${path.replaceAll('.', '\\.')}(?!\\w)`, 'g'), parameter)
      : text.replaceAll(path, () => parameter);
    parameters.push(parameter);
    values.push(partText(part, record));
  }
  return parameters.length === 0 ? text : `(lambda ${parameters.join(', ')}: ${text})(${values.join(', ')})`;
}
