/** Registries across cells and sessions: what a chapter defines is its own, and seen by later cells only. */
import { describe, expect, test } from 'vitest';
import { parseExpression, parseProgram, Session } from '../../../mlsys';

class Chapter {
  readonly session = new Session();
  #position = 0;

  run(code: string) {
    return this.session.run(parseProgram(code, `cell ${this.#position}`), this.#position++);
  }

  show(expr: string, position = this.#position): string {
    const { text, fault } = this.session.evaluate(parseExpression(expr).expression!, position);
    return fault === undefined ? String(text) : `${fault.type}: ${fault.message}`;
  }
}

describe('the shared registry', () => {
  test('a definition holds from its cell on', () => {
    const chapter = new Chapter();
    chapter.run('from mlsys.constants import *');
    chapter.run('ureg.define("token = count")\nn = 5 * ureg.token');
    expect(chapter.show('n')).toBe('5 token');
    expect(chapter.show('ureg.token')).toBe('token');
    expect(chapter.show('ureg.token', 1)).toBe("UndefinedUnitError: 'token' is not defined in the unit registry");
  });

  test('another chapter does not see it', () => {
    const chapter = new Chapter();
    chapter.run('from mlsys.constants import *\nureg.define("token = count")');
    const other = new Chapter();
    other.run('from mlsys.constants import *');
    expect(other.show('ureg.token')).toBe("UndefinedUnitError: 'token' is not defined in the unit registry");
  });

  test('a default format holds for the chapter that sets it', () => {
    const chapter = new Chapter();
    chapter.run('from mlsys.constants import *\nureg.formatter.default_format = "~C"');
    expect(chapter.show('A100_MEM_BW')).toBe('2039.0 GB/s');
    chapter.run('ureg.default_format = "D"');
    // A reference shows a quantity as HTML, whose format is of its own.
    expect(chapter.show('str(A100_MEM_BW)')).toBe('2039.0 GB / second');
    expect(chapter.show('A100_MEM_BW', 1)).toBe('2039.0 GB/s');
  });

  test('the library does not depend on what a chapter redefines', () => {
    const chapter = new Chapter();
    chapter.run('from mlsys.constants import *\nureg.define("GB = 7 * byte")');
    chapter.run('from mlsys import Hardware');
    const other = new Chapter();
    other.run('from mlsys import Hardware');
    expect(other.show('Hardware.Cloud.A100.memory_bw.to("byte/second")')).toBe('2039000000000.0 B/s');
  });

  test('its objects cannot be changed', () => {
    const chapter = new Chapter();
    const result = chapter.run('from mlsys.constants import *\nGPT3_PARAMS.ito("count")');
    expect(result.refusal?.type).toBe('Unsupported');
  });
});

describe("a book's own registry", () => {
  test('defines its units and formats', () => {
    const chapter = new Chapter();
    chapter.run(
      'import pint\nureg = pint.UnitRegistry()\nureg.define("GB = 1e9 * byte")\nureg.formatter.default_format = "~P"\nQ_ = ureg.Quantity',
    );
    chapter.run('bw = Q_(2.0, "TB/s")\nsize = 80 * ureg.GB');
    expect(chapter.show('(size / bw).to("ms")')).toBe('40.0 ms');
    expect(chapter.show('isinstance(size, Q_), isinstance(size, pint.Quantity)')).toBe('(True, True)');
  });

  test('does not mix with another one', () => {
    const chapter = new Chapter();
    chapter.run('import pint\nfrom mlsys.constants import GB\nureg = pint.UnitRegistry()');
    expect(chapter.show('ureg.meter * GB')).toBe(
      'ValueError: Cannot operate with Unit and Unit of different registries.',
    );
  });

  test('a context of the electromagnetic systems is refused by name', () => {
    const chapter = new Chapter();
    const result = chapter.run('import pint\nureg = pint.UnitRegistry()\nwith ureg.context("Gau"):\n    pass');
    expect(result.refusal?.message).toBe('the pint context Gaussian is not supported by Reckoner');
  });

  test('shows references what contexts give that they enable, and nothing after them', () => {
    const chapter = new Chapter();
    chapter.run('import pint\nureg = pint.UnitRegistry()\nq = 500 * ureg.nm');
    chapter.run('def color(x):\n    with ureg.context("sp"):\n        return f"{x.to(\'THz\').magnitude:.0f}"');
    expect(chapter.show('color(q), q.to("eV", "sp").magnitude > 2, color(2 * q)')).toBe("('600', True, '300')");
    expect(chapter.show('q.to("THz")')).toContain('Cannot convert from');
  });
});

describe('last digits', () => {
  const first = 'x = (CLOUD_ELECTRICITY_PER_KWH * A100_TDP * (24 * hour)).to(USD)';

  test('depend on the order in which the chapter met the units', () => {
    const chapter = new Chapter();
    chapter.run('from mlsys.constants import *');
    chapter.run(first);
    expect(chapter.show('x')).toBe('1.1519999999999997 dollar');
    const other = new Chapter();
    other.run('from mlsys.constants import *\ny = (A100_TDP * (24 * hour)).to("kilowatt_hour")');
    other.run(first);
    expect(other.show('x')).toBe('1.1520000000000001 dollar');
  });
});
