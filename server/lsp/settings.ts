/** Settings as clients send them, checked: whatever is missing or of the wrong kind takes its default. */
import { DEFAULT_SETTINGS, type Settings } from '../protocol';

type Plain = Readonly<Record<string, unknown>>;

const LEVELS: readonly unknown[] = ['off', 'error', 'warning', 'info', 'hint'];
const BUDGETS = ['steps', 'milliseconds', 'bytes', 'recursion', 'output'] as const;
const CHAPTER_BUDGETS = ['steps', 'milliseconds', 'bytes', 'output'] as const;

/** The settings in what a client sent, whatever that is. */
export function readSettings(value: unknown): Settings {
  const given = plain(value);
  const hints = plain(given.inlayHints);
  const shown = plain(given.preview);
  const { inlayHints, preview, workspaceCheck, consequences, codeLens, compareWithLastCommit } = DEFAULT_SETTINGS;
  return {
    inlayHints: {
      enabled: typeof hints.enabled === 'boolean' ? hints.enabled : inlayHints.enabled,
      maxLength: positive(hints.maxLength) ?? inlayHints.maxLength,
    },
    rules: Object.fromEntries(
      Object.entries(plain(given.rules)).filter(([, level]) => LEVELS.includes(level)),
    ) as Settings['rules'],
    budgets: { ...limits(plain(given.budgets), BUDGETS), ...chapterLimits(plain(given.budgets).chapter) },
    preview: { tikz: typeof shown.tikz === 'boolean' ? shown.tikz : preview.tikz },
    workspaceCheck: typeof given.workspaceCheck === 'boolean' ? given.workspaceCheck : workspaceCheck,
    consequences: typeof given.consequences === 'boolean' ? given.consequences : consequences,
    packageRoots: texts(given.packageRoots),
    guards: texts(given.guards),
    compareWithLastCommit:
      typeof given.compareWithLastCommit === 'boolean' ? given.compareWithLastCommit : compareWithLastCommit,
    codeLens: given.codeLens === 'cells' || given.codeLens === 'all' ? given.codeLens : codeLens,
  };
}

function texts(given: unknown): string[] {
  return Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string') : [];
}

/** The limits that are given, and are numbers. */
function limits<Name extends string>(given: Plain, names: readonly Name[]): { readonly [name in Name]?: number } {
  const found: { [name in Name]?: number } = {};
  for (const name of names) {
    const limit = positive(given[name]);
    if (limit !== undefined) found[name] = limit;
  }
  return found;
}

function chapterLimits(given: unknown): Pick<Settings['budgets'], 'chapter'> {
  const chapter = limits(plain(given), CHAPTER_BUDGETS);
  return Object.keys(chapter).length === 0 ? {} : { chapter };
}

function plain(value: unknown): Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : {};
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.round(value) : undefined;
}
