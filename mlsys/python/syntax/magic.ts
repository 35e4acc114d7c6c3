/** IPython's magics: lines and cells that are not Python, and what is known of their effects. */

/** Cell magics whose cell is Python all the same. */
const PYTHON_CELLS: ReadonlySet<string> = new Set(['time', 'capture', 'prun', 'memit', 'mprun']);

/** Magics that change nothing a program can see. */
const INERT: ReadonlySet<string> = new Set([
  ...['matplotlib', 'config', 'unload_ext', 'autoreload', 'aimport', 'pip', 'conda', 'mamba'],
  ...[
    'micromamba',
    'uv',
    'env',
    'set_env',
    'ls',
    'lsmagic',
    'magic',
    'who',
    'whos',
    'pwd',
    'history',
    'hist',
    'pdoc',
    'psource',
  ],
  ...[
    'pinfo',
    'pinfo2',
    'pfile',
    'quickref',
    'logstart',
    'logstop',
    'logoff',
    'logon',
    'colors',
    'doctest_mode',
    'xmode',
    'pprint',
  ],
  ...[
    'automagic',
    'alias',
    'precision',
    'cat',
    'time',
    'watermark',
    'system',
    'sx',
    'sh',
    'bash',
    'script',
    'html',
    'HTML',
    'javascript',
  ],
  ...[
    'js',
    'latex',
    'markdown',
    'svg',
    'SVG',
    'perl',
    'ruby',
    'cmd',
    'pypy',
    'python',
    'python2',
    'python3',
    '!',
    'mermaid',
  ],
]);

/** Extensions that bring magics alone; of others nobody knows which names they put into the namespace. */
const EXTENSIONS: ReadonlySet<string> = new Set([
  ...[
    'autoreload',
    'storemagic',
    'sql',
    'jupysql',
    'duckdb_magic',
    'magic_duckdb',
    'google.cloud.bigquery',
    'bigquery',
  ],
  ...['rpy2.ipython', 'rmagic', 'julia.magic', 'oct2py.ipython', 'octavemagic', 'Cython', 'cython', 'cythonmagic'],
  ...[
    'memory_profiler',
    'line_profiler',
    'snakeviz',
    'scalene',
    'heat',
    'autotime',
    'ipython_memory_usage',
    'pyinstrument',
  ],
  ...['watermark', 'version_information', 'tensorboard', 'dotenv', 'lab_black', 'nb_black', 'jupyter_black', 'nb_mypy'],
  ...['pycodestyle_magic', 'tikzmagic', 'itikz', 'jupyter_ai', 'jupyter_ai_magics', 'wurlitzer', 'cudf.pandas', 'rich'],
  ...['google.colab.data_table', 'nb_js_diagrammers', 'manim', 'ipytest', 'beakerx', 'sparkmagic.magics', 'nbtutor'],
]);

/** Cell magics that run another language and leave no more in the namespace than the names that they are told. */
const OTHER_LANGUAGES: ReadonlySet<string> = new Set([
  'sql',
  'R',
  'julia',
  'octave',
  'stata',
  'bigquery',
  'duckdb',
  'cython',
]);

/** `-o a,b`, `--out x`, `result <<`, and the name that `%%capture` fills. */
const OUTPUTS = /(?:^|\s)(?:-o|--outputs?|--out|--err)[ =]+([\w,]+)|([A-Za-z_]\w*)[ \t]*<</g;
/** What a timed statement may do to objects that others hold. */
const MUTATING =
  /\.(?:append|extend|insert|pop|popitem|remove|clear|update|setdefault|add|discard|sort|reverse|fill|put|resize|write|shuffle|send)\s*\(|[\])\w]\s*\]?\s*(?:[-+*/%&|^@]|\*\*|\/\/|<<|>>)=|[\].]\w*\s*=[^=]|\b(?:global|nonlocal|next|setattr|del|exec)\b/;

/** A magic that is timed: `%timeit -n1 %run plan.py`. */
const MAGIC = /(?:^|\s)%{1,2}[A-Za-z]/;

/** What a magic may do to the namespace. */
export interface MagicEffect {
  /** Names that it binds. */
  readonly names: readonly string[];
  /** True where it may bind or change anything. */
  readonly anything: boolean;
  /** True where it may bind names that nobody knows, as a star import does. */
  readonly star?: boolean;
}

const NO_EFFECT: MagicEffect = { names: [], anything: false };

/** The name of a magic, without its signs: `timeit` of `%%timeit -n 3`; `?` for a question, `!` for a command. */
export function magicName(text: string): string {
  if (text.startsWith('!')) return '!';
  return /^%{1,2}\s*([\w.]+)/.exec(text)?.[1] ?? '?';
}

/** True for a cell magic whose cell is still read as Python, by the text from its signs on. */
export function isPythonCell(text: string): boolean {
  return PYTHON_CELLS.has(magicName(text));
}

/** True for a magic after which IPython displays floats otherwise. */
export function changesNumberDisplay(text: string): boolean {
  const name = magicName(text);
  return name === 'precision' || (name === 'config' && /\b(?:PlainText|Display)Formatter\b/.test(text));
}

export function magicEffect(text: string): MagicEffect {
  const name = magicName(text);
  const isCell = text.startsWith('%%');
  const [line = ''] = text.split(/[\r\n]/, 1);
  if (name === '?' || name === '!' || /\?\s*$/.test(line)) return NO_EFFECT;
  if (name === 'load_ext' || name === 'reload_ext')
    return EXTENSIONS.has(line.trim().split(/\s+/)[1] ?? '') ? NO_EFFECT : { names: [], anything: false, star: true };
  if (name === 'timeit') {
    const timed = text.replace(/^%+timeit/, '');
    return MUTATING.test(timed) || MAGIC.test(timed) ? { names: [], anything: true } : NO_EFFECT;
  }
  if (name === 'capture' && isCell) {
    const captured = line
      .split(/\s+/)
      .slice(1)
      .filter(word => !word.startsWith('-'));
    return { names: captured.slice(0, 1), anything: false };
  }
  if (!INERT.has(name) && !PYTHON_CELLS.has(name) && !(isCell && OTHER_LANGUAGES.has(name)))
    return { names: [], anything: true };
  const names = Array.from(line.matchAll(OUTPUTS), found => found[1] ?? found[2]!).flatMap(list => list.split(','));
  return names.length === 0 ? NO_EFFECT : { names: names.filter(one => one !== ''), anything: false };
}
