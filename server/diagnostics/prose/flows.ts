/** Names of what flows: so much in so long. */
import { lastOf } from '../../evaluation/symbols/symbol';
import { splitName } from './subject';

/** What flows, as names have it, and in which time. */
const AMOUNTS = /^(?:l|ml|m3|litres|liters|kg|g|t|gb|mb|tb|kwh|mwh)$/;
const LETTERS: Readonly<Record<string, string>> = {
  s: 'second',
  sec: 'second',
  min: 'minute',
  h: 'hour',
  hr: 'hour',
  d: 'day',
};

/** The span of what flows: `flow_l_s`, `rack_l_min_str`. */
export function flowSpan(path: string): string | undefined {
  const words = splitName(lastOf(path)).filter(word => !/^(?:str|text|txt|fmt|value)$/.test(word));
  const [counted, span] = words.slice(-2);
  return span !== undefined && words.length > 2 && AMOUNTS.test(counted!) ? LETTERS[span] : undefined;
}
