/**
 * Limits, ticks and texts of figures against what matplotlib computes: `test/fixtures/figures/name.py` draws one, and
 * `scripts/record.py` records `name.json` with matplotlib.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { axisTicks, type FigureModel } from '../../../mlsys/figures';
import { legendEntries } from '../../../server/preview/figures/legend';
import { analyze, cell, figuresOf } from '../../support/analysis';

const FOLDER = new URL('../../fixtures/figures/', import.meta.url);
const names = readdirSync(FOLDER)
  .filter(name => name.endsWith('.py'))
  .map(name => name.slice(0, -3));

interface AxisRecord {
  readonly limits: readonly [number, number];
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  readonly minor: readonly number[];
  readonly minorLabels: readonly string[];
  readonly offset: string;
}

interface AxesRecord {
  readonly x: AxisRecord;
  readonly y: AxisRecord;
  readonly title: string;
  readonly legend: readonly string[] | null;
}

function seen(figure: FigureModel, at: number, side: 'x' | 'y'): AxisRecord {
  const ticks = axisTicks(figure, at, side);
  const axes = figure.axes[at]!;
  if (axes.twin?.shared === side) return { ...ticks, ticks: [], labels: [], minor: [], minorLabels: [] };
  return axes[side].labelsVisible ? ticks : { ...ticks, labels: ticks.labels.map(() => '') };
}

const SIDES = ['left', 'right'] as const;

/** What the recorder has of each axes, in the terms of the record, which leaves out those within others. */
function drawn(figure: FigureModel): AxesRecord[] {
  const own = figure.axes.flatMap((one, at) => (one.cell.within === undefined ? [[one, at] as const] : []));
  return own.map(([one, at]) => ({
    x: seen(figure, at, 'x'),
    y: seen(figure, at, 'y'),
    title: one.titles.center.text,
    ...Object.fromEntries(SIDES.flatMap(side => (one.titles[side].text === '' ? [] : [[side, one.titles[side].text]]))),
    legend: one.legend === undefined ? null : legendEntries(one).map(({ label }) => label),
  }));
}

/** Numbers to ten digits: the two add up in different orders here and there. */
function plain(record: AxesRecord): unknown {
  const axis = ({ limits, ticks, labels, minor, minorLabels, offset }: AxisRecord) => {
    const span = Math.abs(limits[1] - limits[0]);
    const round = (value: number) => Number((Math.abs(value) < 1e-12 * span ? 0 : value).toPrecision(10));
    const texts = (all: readonly string[]) => all.map(text => text.replaceAll('−', '-'));
    return {
      limits: limits.map(round),
      ticks: ticks.map(round),
      labels: texts(labels),
      minor: minor.map(round),
      minorLabels: texts(minorLabels),
      offset: offset.replaceAll('−', '-'),
    };
  };
  return { ...record, x: axis(record.x), y: axis(record.y) };
}

test.each(names)('%s', name => {
  const analysis = analyze(cell(readFileSync(new URL(`${name}.py`, FOLDER), 'utf8')));
  const [result] = analysis.cells;
  expect(result!.fault?.message).toBeUndefined();
  expect(result!.unknowns).toEqual([]);
  const figure = (figuresOf(analysis, result!)[0] as { readonly model: FigureModel }).model;
  const expected = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as AxesRecord[];
  expect(drawn(figure).map(plain)).toEqual(expected.map(plain));
});
