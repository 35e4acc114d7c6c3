/** Editors with the configurations of docs/editors.md, as far as they are on the machine: without a screen, with the real server. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Bundles, bundle } from '../support/bundles';

const CHAPTER =
  '# Tanks\n\n```{python}\nfrom tanks import FLOW\n```\n\nIt flows at `{python} FLOW`, not `{python} FLO`.\n';
const PAGE = readFileSync(join(import.meta.dirname, '../../docs/editors.md'), 'utf8');

/** The first line of what a program says of itself; undefined where there is no such program. */
function versionOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

/** The code in that language under a heading of docs/editors.md. */
function configuration(editor: string, language: string): string {
  const section = PAGE.slice(PAGE.indexOf(`## ${editor}\n`));
  return new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(section)![1]!;
}

let bundles: Bundles;
let home: string;
let book: string;

beforeAll(async () => {
  bundles = await bundle('cli', 'evaluation');
}, 60_000);
afterAll(() => bundles.remove());

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'reckoner-editors-')));
  book = join(home, 'book');
  for (const folder of ['bin', 'book/.git', 'config']) mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(book, 'tanks.py'), 'FLOW = 40\n');
  writeFileSync(join(book, 'a.qmd'), CHAPTER);
  const command = join(home, 'bin/reckoner');
  // Tells its process, so that the test sees whether it ends.
  writeFileSync(
    command,
    `#!/bin/sh\necho $$ > "${home}/pid"\nexec "${process.execPath}" "${bundles.path('cli')}" "$@"\n`,
  );
  chmodSync(command, 0o755);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${join(home, 'bin')}:${process.env.PATH}`,
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_DATA_HOME: join(home, 'data'),
    RECKONER_CACHE: join(home, 'cache'),
    TERM: 'dumb',
  };
}

/** Waits until the server that the editor started has ended. */
async function expectServerToEnd(): Promise<void> {
  const server = Number(readFileSync(join(home, 'pid'), 'utf8'));
  const lives = () => {
    try {
      return process.kill(server, 0);
    } catch {
      return false;
    }
  };
  await expect.poll(lives, { timeout: 10_000 }).toBe(false);
}

const nvim = versionOf('nvim');

/** What the test asks of Neovim: findings, hover, completion, quick fixes, hints; and hints again after the package has changed. */
const DRIVER = `
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 10000) or {}
  for _, answer in pairs(answers) do
    return answer.result
  end
end
local function hints()
  local labels = {}
  local range = { start = { line = 0, character = 0 }, ['end'] = { line = 99, character = 0 } }
  local found = ask('textDocument/inlayHint', { textDocument = vim.lsp.util.make_text_document_params(), range = range })
  for _, hint in ipairs(found or {}) do
    table.insert(labels, hint.label)
  end
  return labels
end
local told = {}
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, one in ipairs(vim.diagnostic.get(0)) do
  table.insert(told, one.code .. ' ' .. (one.lnum + 1))
end
vim.api.nvim_win_set_cursor(0, { 7, 23 })
local hover = ask('textDocument/hover', vim.lsp.util.make_position_params(0))
vim.api.nvim_win_set_cursor(0, { 7, 44 })
local params = vim.lsp.util.make_range_params(0)
params.context = { diagnostics = vim.tbl_map(function(one) return one.user_data.lsp end, vim.diagnostic.get(0)) }
local titles = {}
for _, action in ipairs(ask('textDocument/codeAction', params) or {}) do
  table.insert(titles, action.title)
end
local before = hints()
vim.api.nvim_win_set_cursor(0, { 7, 23 })
local rows = {}
local completed = ask('textDocument/completion', vim.lsp.util.make_position_params(0))
for _, item in ipairs(completed and completed.items or {}) do
  table.insert(rows, item.label .. ' ' .. (item.detail or ''))
end
-- The watcher is set up by and by.
local after
vim.wait(20000, function()
  local file = assert(io.open('tanks.py', 'w'))
  file:write('FLOW = 4' .. (vim.uv.hrtime() % 2 == 0 and '2' or '2.0') .. '\\n')
  file:close()
  vim.wait(500)
  after = hints()
  return after[1] ~= before[1]
end, 10)
local result = {
  diagnostics = told,
  hover = hover and hover.contents,
  titles = titles,
  rows = rows,
  before = before,
  after = after,
  shown = vim.lsp.inlay_hint.is_enabled({ bufnr = 0 }),
}
local file = assert(io.open('result.json', 'w'))
file:write(vim.json.encode(result))
file:close()
vim.cmd('qall!')
`;

test('Neovim', { timeout: 90_000 }, async context => {
  if (nvim === undefined) context.skip('nvim is not installed');
  writeFileSync(join(home, 'init.lua'), configuration('Neovim', 'lua'));
  writeFileSync(join(home, 'driver.lua'), DRIVER);
  execFileSync(
    'nvim',
    ['--headless', '-u', join(home, 'init.lua'), '-c', `luafile ${join(home, 'driver.lua')}`, 'a.qmd'],
    {
      cwd: book,
      env: environment(),
      timeout: 80_000,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  expect(JSON.parse(readFileSync(join(book, 'result.json'), 'utf8'))).toMatchObject({
    diagnostics: ['undefined-export 7'],
    hover: { kind: 'markdown', value: expect.stringContaining('40') },
    titles: expect.arrayContaining(['Use `FLOW`']),
    rows: ['FLOW 40'],
    before: ['40', '⚠ no value'],
    after: [expect.stringMatching(/^42/), '⚠ no value'],
    shown: true,
  });
  await expectServerToEnd();
});

const emacs = versionOf('emacs');

const EMACS_DRIVER = `
(find-file "a.qmd")
(apply #'eglot--connect (eglot--guess-contact))
(defun wait-for (condition)
  (let ((rounds 0))
    (while (and (not (funcall condition)) (< (setq rounds (1+ rounds)) 200))
      (accept-process-output nil 0.1))))
(flymake-start)
(wait-for (lambda () (flymake-diagnostics)))
(goto-char (point-min))
(search-forward "{python} F")
(let* ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams)))
       (result (list :diagnostics (vconcat (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))
                     :hover (plist-get (plist-get hover :contents) :value)
                     :settings (eglot--workspace-configuration-plist (eglot-current-server)))))
  (with-temp-file "result.json" (insert (json-serialize result))))
(kill-emacs)
`;

test('Emacs', { timeout: 60_000 }, async context => {
  if (emacs === undefined) context.skip('emacs is not installed');
  writeFileSync(join(home, 'init.el'), configuration('Emacs', 'elisp'));
  writeFileSync(join(home, 'driver.el'), EMACS_DRIVER);
  execFileSync('emacs', ['--batch', '-Q', '-l', join(home, 'init.el'), '-l', join(home, 'driver.el')], {
    cwd: book,
    env: environment(),
    timeout: 50_000,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  expect(JSON.parse(readFileSync(join(book, 'result.json'), 'utf8'))).toMatchObject({
    diagnostics: [expect.stringContaining('FLO')],
    hover: expect.stringContaining('40'),
    settings: { reckoner: { inlayHints: { maxLength: 30 } } },
  });
  await expectServerToEnd();
});

const helix = ['hx', 'helix'].find(name => versionOf(name) !== undefined);

test('Helix knows the language and finds the server', context => {
  // Helix has no mode without a screen; this is what it tells of its configuration.
  if (helix === undefined) context.skip('helix is not installed');
  mkdirSync(join(home, 'config/helix'));
  writeFileSync(join(home, 'config/helix/languages.toml'), configuration('Helix', 'toml'));
  const told = execFileSync(helix!, ['--health', 'quarto'], { env: environment(), encoding: 'utf8' });
  expect(told).toContain(join(home, 'bin/reckoner'));
});
