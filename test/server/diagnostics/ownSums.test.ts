/** What a sentence makes of its own numbers, or a cell computes to the digit, is no stale value of something else. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const stale = (code: string, prose: string) =>
  report(`${cell(code)}\n${prose}\n`).filter(line => line.includes(' stale-literal '));

test('a sum in parentheses', () => {
  const code = 'legs_km = [180, 95, 445]\nroad_km = sum(legs_km) + 330\nroad_km_str = f"{road_km}"';
  expect(stale(code, 'The road has legs of 720 km (180 + 95 + 445).')).toEqual([]);
  expect(stale(code, 'The road has 720 km of asphalt (it rains).')).toHaveLength(1);
});

test('what is left of a number of the sentence', () => {
  const code = 'flight_gb = 11.5\nflight_gb_str = f"{flight_gb}"';
  expect(stale(code, 'A card of 40 GB holds 30 GB of music and leaves 10 GB for a flight.')).toEqual([]);
  expect(stale(code, 'A flight leaves 9 GB on the card.')).toHaveLength(1);
});

test('four digits in the unit of another value', () => {
  const code = 'beds_eur = 14688\ncosts_eur = 28680\nbeds_eur_str = f"{beds_eur:,}"\ncosts_eur_str = f"{costs_eur:,}"';
  expect(stale(code, 'They cost €14,688 in a year.')).toEqual([]);
});
