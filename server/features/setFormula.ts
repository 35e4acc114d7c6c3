/** The formula of a number, set as mathematics: as it is written, and by what it ends in alone. Loaded when first asked for. */
import type { ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import type { ValueCard } from '../protocol';
import { type Computed, inputsOf } from '../provenance/behind';
import { closedForm } from '../provenance/closedForm';
import { formulaTex, nameTex, upright } from '../provenance/formulaTex';

type SetFormula = Pick<NonNullable<ValueCard['formula']>, 'set' | 'simplified'>;

/** A formula of more leaves is no easier to read by them. */
const MOST_LEAVES = 12;

export async function setFormula(computed: Computed, record: ProvenanceRecord): Promise<SetFormula> {
  const { formula } = computed;
  if (formula === undefined) return {};
  const names = formulaTex(formula);
  const numbers = formulaTex(formula, 'numbers');
  const simplified = await simplifiedOf(computed, record);
  if (names === undefined && simplified === undefined) return {};
  const { renderMath } = await import('../preview/math');
  return {
    ...(names === undefined || numbers === undefined
      ? {}
      : { set: { names: renderMath(names, true), numbers: renderMath(`= ${numbers}`, true) } }),
    ...(simplified === undefined ? {} : { simplified: renderMath(`= ${simplified}`, true) }),
  };
}

/** The number by its leaves; undefined where it is written by them, or its units take part in it. */
async function simplifiedOf(computed: Computed, record: ProvenanceRecord): Promise<string | undefined> {
  const closed = closedForm(computed, record);
  const { number } = computed.value;
  if (closed === undefined || closed.converts || number === undefined) return undefined;
  const leaves = [...closed.symbols.values()];
  const written = inputsOf(computed.formula, record);
  if (leaves.length > MOST_LEAVES || leaves.every(leaf => written.includes(leaf))) return undefined;
  const algebra = await import('../provenance/algebra');
  return algebra.simplifiedTex(closed, number, namesOf(closed.symbols));
}

/** The last part of each name; the whole one where several end so. */
function namesOf(symbols: ReadonlyMap<string, SourceRecord>): ReadonlyMap<string, string> {
  const ends = new Map<string, number>();
  const texts = [...symbols].map(([symbol, { name }]) => ({ symbol, name, tex: nameTex(name) }));
  for (const { tex } of texts) ends.set(tex, (ends.get(tex) ?? 0) + 1);
  return new Map(texts.map(({ symbol, name, tex }) => [symbol, ends.get(tex)! > 1 ? upright(name) : tex]));
}
