/** Evaluates unit texts to a number and a product of names, and reads the statements of `ureg.define`. */

import { raise } from '../python/runtime/errors';
import { binary } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { DIMENSIONLESS, type Exponent, UnitsContainer } from './container';
import { definitionLines } from './definitionFile';
import { type Definition, isDimension, type UnitDefinition } from './definitions';
import { badDefinition } from './errors';
import { normalize, parseUnits, type UnitNode } from './expression';
import { multiplyScalars, powerScalar, type Scalar } from './numeric';

/** A number times units by the names that the text gives them. */
export interface Scaled {
  readonly scale: Scalar;
  readonly units: UnitsContainer;
}

/** A number as Python reads it: an int, else a float. */
export function numberOf(text: string): Scalar {
  const digits = text.replaceAll('_', '');
  return /^\d+$/.test(digits) ? BigInt(digits) : Number(digits);
}

const MEMO = new Map<string, Scaled>();

/** `1e9 * bit/second`: names multiplied and divided, perhaps after a number. Most texts are so, and need no rewriting. */
const PLAIN = /^(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[A-Za-z_]\w*)(?: ?[*/] ?[A-Za-z_]\w*)*$/;
const PLAIN_TOKEN = /[*/]|[^ */]+/g;

function evaluatePlain(text: string): Scaled {
  const [first = '', ...rest] = text.match(PLAIN_TOKEN)!;
  let result = evaluate(first < ':' ? { kind: 'number', text: first } : { kind: 'name', name: first });
  for (let at = 0; at < rest.length; at += 2)
    result = combine(rest[at]!, result, evaluate({ kind: 'name', name: rest[at + 1]! }));
  return result;
}

/** Reads a product of units with a factor, as definitions and unit texts hold. */
export function scaledUnits(text: string): Scaled {
  let known = MEMO.get(text);
  if (known === undefined) {
    if (text === '') known = { scale: 1n, units: DIMENSIONLESS };
    else known = PLAIN.test(text) ? evaluatePlain(text) : evaluate(parseUnits(normalize(text)));
    if (MEMO.size > 4096) MEMO.clear();
    MEMO.set(text, known);
  }
  return known;
}

function evaluate(node: UnitNode): Scaled {
  switch (node.kind) {
    case 'number':
      return { scale: numberOf(node.text), units: DIMENSIONLESS };
    case 'name':
      return /^nan$/i.test(node.name)
        ? { scale: Number.NaN, units: DIMENSIONLESS }
        : { scale: 1n, units: UnitsContainer.one(node.name) };
    case 'unary': {
      const { scale, units } = evaluate(node.operand);
      return { scale: node.op === '-' ? multiplyScalars(scale, -1n) : scale, units };
    }
    case 'binary':
      return combine(node.op, evaluate(node.left), evaluate(node.right));
  }
}

function combine(op: string, left: Scaled, right: Scaled): Scaled {
  const plain = left.units.size === 0 && right.units.size === 0;
  switch (op) {
    case '*':
      return { scale: multiplyScalars(left.scale, right.scale), units: left.units.multiply(right.units) };
    case '/':
    case '//':
      if (op === '//' && plain) break;
      // a number over units is the number times their inverse, which turns an int into a float
      if (left.units.size === 0 && right.units.size > 0)
        return {
          scale: multiplyScalars(powerScalar(right.scale, -1n), left.scale),
          units: right.units.power(-1n),
        };
      return { scale: binary('/', left.scale, right.scale) as Scalar, units: left.units.divide(right.units) };
    case '**':
      if (right.units.size === 0)
        return { scale: powerScalar(left.scale, right.scale), units: left.units.power(right.scale as Exponent) };
      break;
    case '+':
    case '-':
    case '%':
      if (plain) return { scale: binary(op, left.scale, right.scale) as Scalar, units: DIMENSIONLESS };
      break;
  }
  if (plain) return { scale: binary(op as '+', left.scale, right.scale) as Scalar, units: DIMENSIONLESS };
  throw raise('TypeError', `unsupported operand type(s) for ${op}: '${helperName(left)}' and '${helperName(right)}'`);
}

function helperName({ scale, units }: Scaled): string {
  if (units.size > 0) return 'ParserHelper';
  return typeof scale === 'bigint' ? 'int' : 'float';
}

/** Classes of Unicode take V8 milliseconds to prepare, so they are asked last. */
const ASCII_IDENTIFIER = /^[A-Za-z_]\w*$/;
const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;

/** Reads the statements of `ureg.define`: units, aliases, prefixes, dimensions, one a line, perhaps in groups. */
export function parseDefinitions(text: string): Definition[] {
  const { lines } = definitionLines(text);
  vm.step(lines.length);
  return lines.map(parseDefinition);
}

function parseDefinition(line: string): Definition {
  if (line.startsWith('@alias ')) {
    const [name = '', ...aliases] = line
      .slice('@alias '.length)
      .split('=')
      .map(part => part.trim());
    return { kind: 'alias', name, aliases };
  }
  if (line.startsWith('@')) throw badDefinition(`${line.split(/\s/)[0]} blocks cannot be defined in a cell`);
  const parts = line.split('=').map(part => part.trim());
  const [name = '', value = ''] = parts;
  if (name.startsWith('[') && name.endsWith(']')) {
    if (parts.length === 1) return { kind: 'dimension', name, reference: null };
    if (parts.length > 2) throw badDefinition('Derived dimensions cannot have aliases.');
    return { kind: 'dimension', name, reference: scaledUnits(value).units };
  }
  if (parts.length === 1) throw raise('TypeError', 'No loader function defined for UnknownStatement');
  const further = parts.slice(2);
  const symbol = further.length > 0 && further[0] !== '_' && further[0] !== '' ? further[0] : undefined;
  const aliases = further.slice(1).filter(alias => alias !== '' && alias !== '_');
  if (name.endsWith('-')) {
    const { scale, units } = scaledUnits(value);
    if (units.size > 0) throw badDefinition(`Prefix definition ('${name}') must contain only numbers, not ${value}`);
    const bare = name.replace(/-+$/, '');
    const strip = (key: string) => key.replace(/-+$/, '');
    const short = symbol === undefined ? bare : strip(symbol);
    return {
      kind: 'prefix',
      prefix: { name: bare, symbol: short, value: scale },
      keys: [...new Set([bare, short, ...aliases.map(strip)])],
    };
  }
  return unitDefinition(name, value, symbol, aliases);
}

function unitDefinition(
  name: string,
  value: string,
  symbol: string | undefined,
  aliases: readonly string[],
): Definition {
  if (!ASCII_IDENTIFIER.test(name) && !IDENTIFIER.test(name))
    throw badDefinition(
      `Cannot define '${name}' (<class 'pint.delegates.txt_defparser.plain.UnitDefinition'>): is not a valid unit name (must follow Python identifier rules)`,
    );
  const [converter = '', ...modifiers] = value.split(';').map(part => part.trim());
  const { scale, units } = scaledUnits(converter);
  const settings = new Map<string, Scalar>();
  for (const modifier of modifiers) {
    const [key = '', number = ''] = modifier.split(':').map(part => part.trim());
    const read = scaledUnits(number);
    if (read.units.size > 0)
      throw badDefinition(`Unit definition ('${name}') must contain only numbers in modifier, not ${number}`);
    settings.set(key, read.scale);
  }
  const dimensions = units.names().filter(isDimension);
  if (dimensions.length > 0 && dimensions.length < units.size)
    throw badDefinition(
      `Cannot define '${name}' (<class 'pint.delegates.txt_defparser.plain.UnitDefinition'>): Cannot mix dimensions and units in the same definition. Base units must be referenced only to dimensions. Derived units must be referenced only to units.`,
    );
  const offset = settings.get('offset');
  const base = settings.get('logbase');
  const factor = settings.get('logfactor');
  const unit: UnitDefinition = {
    name,
    symbol: symbol ?? name,
    aliases,
    scale,
    reference: units,
    isBase: dimensions.length > 0,
    ...(offset === undefined ? {} : { offset }),
    ...(base === undefined || factor === undefined
      ? {}
      : { logarithm: { base: Number(base), factor: Number(factor) } }),
  };
  return { kind: 'unit', unit, keys: [name, ...(symbol === undefined ? [] : [symbol]), ...aliases] };
}
