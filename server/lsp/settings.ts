/** Settings as clients send them, checked: whatever is missing or of the wrong kind takes its default. */
import { DEFAULT_SETTINGS, type Settings } from '../protocol';

type Plain = Readonly<Record<string, unknown>>;

const LEVELS: readonly unknown[] = ['off', 'error', 'warning', 'info', 'hint'];
const BUDGETS = ['steps', 'milliseconds', 'bytes', 'recursion', 'output'] as const;

export function readSettings(value: unknown): Settings {
  const given = plain(value);
  const hints = plain(given.inlayHints);
  const shown = plain(given.preview);
  const { inlayHints, preview, workspaceCheck } = DEFAULT_SETTINGS;
  return {
    inlayHints: {
      enabled: typeof hints.enabled === 'boolean' ? hints.enabled : inlayHints.enabled,
      maxLength: positive(hints.maxLength) ?? inlayHints.maxLength,
    },
    rules: Object.fromEntries(
      Object.entries(plain(given.rules)).filter(([, level]) => LEVELS.includes(level)),
    ) as Settings['rules'],
    budgets: Object.fromEntries(
      BUDGETS.flatMap(name => {
        const limit = positive(plain(given.budgets)[name]);
        return limit === undefined ? [] : [[name, limit]];
      }),
    ),
    preview: { tikz: typeof shown.tikz === 'boolean' ? shown.tikz : preview.tikz },
    workspaceCheck: typeof given.workspaceCheck === 'boolean' ? given.workspaceCheck : workspaceCheck,
    packageRoots: Array.isArray(given.packageRoots)
      ? given.packageRoots.filter((root): root is string => typeof root === 'string')
      : [],
  };
}

function plain(value: unknown): Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : {};
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.round(value) : undefined;
}
