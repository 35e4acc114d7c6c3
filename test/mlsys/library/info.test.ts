/** What hovers and completion are told of the library. */
import { describe, expect, test } from 'vitest';
import { parseExpression, parseProgram, Session, str } from '../../../mlsys';
import { CONSTANT_ROWS } from '../../../mlsys/library/constants';
import { constantInfo, formulaInfo, libraryMembers, libraryModules, twinInfo } from '../../../mlsys/library/info';

describe('constantInfo', () => {
  test('a quantity has its text, unit, group, source and year', () => {
    expect(constantInfo('A100_FLOPS_FP16_TENSOR')).toMatchObject({
      name: 'A100_FLOPS_FP16_TENSOR',
      text: '312.0 TFLOPs/s',
      unit: 'TFLOPs/second',
      group: 'NVIDIA A100 (Ampere)',
      source: 'NVIDIA A100 data sheet',
      year: '2020',
    });
  });

  test('a derived constant tells how it is computed', () => {
    expect(constantInfo('SEC_PER_DAY')).toMatchObject({ text: '86400', expression: 'SEC_PER_HOUR * HOURS_PER_DAY' });
  });

  test.each(CONSTANT_ROWS.filter(row => row.expression !== undefined).map(row => [row.name, row.expression!]))(
    'the value of %s is that of %s',
    (name, expression) => {
      const session = new Session();
      session.run(parseProgram('from mlsys.constants import *', 'cell'), 0);
      const value = session.evaluate(parseExpression(expression).expression!, 1).value;
      const constant = session.evaluate(parseExpression(name).expression!, 1).value;
      expect(constant).toBeDefined();
      expect(str(value!)).toBe(str(constant!));
    },
  );

  test('a unit has its registry name', () => {
    expect(constantInfo('USD')?.text).toBe('dollar');
  });

  test('an unknown name has none', () => {
    expect(constantInfo('constructor')).toBeUndefined();
  });
});

describe('twinInfo', () => {
  test('a twin has its class and its fields as they print', () => {
    const info = twinInfo('Hardware.A100');
    expect(info?.cls).toBe('HardwareSpec');
    expect(info?.fields).toContainEqual({
      name: 'memory_bw',
      text: '2039.0 GB/s',
      constant: 'A100_MEM_BW',
    });
    expect(info?.fields).toContainEqual({ name: 'dispatch_tax', text: '0.015 ms' });
  });

  test('a namespace tells what it holds', () => {
    const info = twinInfo('Hardware.Networks');
    expect(info?.cls).toBe('namespace');
    expect(info?.fields.map(field => field.name)).toContain('Ethernet_10G');
  });

  test("a module's short name leads to the same twin", () => {
    expect(twinInfo('Cloud.H100')?.fields).toEqual(twinInfo('Hardware.Cloud.H100')?.fields);
  });
});

describe('formulaInfo', () => {
  test('a formula has its signature, parameters and LaTeX', () => {
    const info = formulaInfo('calc_training_time_days');
    expect(info?.signature).toBe(
      'calc_training_time_days(total_ops, num_devices, peak_flops_per_device, efficiency_eta)',
    );
    expect(info?.latex).toContain('\\frac');
    expect(info?.parameters).toHaveLength(4);
  });

  test('a formatting function has its signature and what it does', () => {
    expect(formulaInfo('fmt')).toMatchObject({
      signature: 'fmt(quantity, unit=None, precision=1, commas=True, allow_zero=False)',
    });
    expect(formulaInfo('fmt')?.doc).not.toBe('');
  });
});

describe('libraryMembers', () => {
  test.each([
    ['mlsys', 'Hardware'],
    ['mlsysim', 'Models'],
    ['mlsys.constants', 'GPT3_PARAMS'],
    ['mlsys.formulas', 'dTime'],
    ['mlsys.formatting', 'check'],
    ['mlsys.hardware', 'HardwareSpec'],
    ['mlsys.models', 'GPT'],
    ['mlsys.registry', 'dump_tape'],
    ['mlsys.viz', 'setup_plot'],
    ['pint', 'UnitRegistry'],
    ['math', 'sqrt'],
  ])('%s has %s', (module, name) => {
    expect(libraryMembers(module).map(member => member.name)).toContain(name);
  });

  test('an unknown module has none', () => {
    expect(libraryMembers('nowhere')).toEqual([]);
  });

  test('the modules of the library are known', () => {
    expect(libraryModules()).toEqual(expect.arrayContaining(['mlsys', 'mlsys.formulas', 'pint', 'math']));
  });
});
