/** The commands of the command line and their options. Each command loads its own code on use. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { FAIL_ON } from '../diagnostics/finding';
import { FileError } from '../files/access';
import { version } from '../version';
import { DIFF_FORMATS } from './diff/formats';
import { type Io, UsageError } from './io';
import { printable, printableLine } from './printable';
import { FORMATS } from './reports/formats';
import { repeated, withWorkspace } from './workspace';

/** Exit codes: nothing to report; findings or an exception; wrong usage or a file that cannot be read. */
export const CLEAN = 0;
export const USAGE = 2;

/** Runs a command line (without the program's own name); returns the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code = CLEAN;
  const program = build(io, result => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? CLEAN : USAGE;
    if (error instanceof UsageError || error instanceof FileError) {
      io.err(`reckoner: ${printableLine(error.message)}\n`);
      return USAGE;
    }
    throw error;
  }
}

function build(io: Io, done: Done): Command {
  const program = new Command('reckoner')
    .description('Values and findings of calculation-backed Quarto chapters. No Python needed.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError('(reckoner --help lists the commands)')
    .configureOutput({
      writeOut: io.out,
      writeErr: text => io.err(printable(text)),
      getOutHasColors: () => io.colour,
      getErrHasColors: () => io.colour,
    });

  for (const add of [addCheck, addValues, addChanges, addPages, addProjects, addPrograms]) add(program, io, done);
  return program;
}

type Done = (code: number) => void;

/** What is wrong. */
function addCheck(program: Command, io: Io, done: Done): void {
  withWorkspace(program.command('check'))
    .description('report the findings of chapters; a folder stands for all .qmd files below it')
    .argument('[path...]', 'chapters and folders', ['.'])
    .addOption(new Option('--format <format>', 'how to print').choices([...FORMATS]).default('text'))
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit with 1 from this severity on (default: what the project says, else error)',
      ).choices([...FAIL_ON]),
    )
    .option('--rule <code>', 'tell of this rule alone; may be repeated', repeated)
    .option('--changed <revision>', 'only chapters that changed since a git revision, or that read something that did')
    .option('--baseline <file>', 'leave out the findings that a file names (default: the one that the project names)')
    .option('--write-baseline', 'write the findings into the baseline, and print none')
    .option('--fix', 'write the preferred fixes into the files')
    .option('--diff', 'print what --fix would change, and write nothing')
    .option('--consequences', 'list what is only the consequence of another finding as well')
    .option('--watch', 'check again whenever a chapter, or what it reads, changes')
    .option('--no-workspace', 'read nothing beyond the folder of each chapter')
    .option('--no-cache', 'evaluate everything, and keep nothing')
    .option('--jobs <number>', 'number of processes (default: one for each core)', positive)
    .action(async (paths: string[], options) => {
      const { check } = await import('./check');
      done(await check(paths, options, io));
    });
}

/** Values, and what they would be. */
function addValues(program: Command, io: Io, done: Done): void {
  withWorkspace(program.command('values'))
    .description('print every inline reference with its value, every cell with its checks')
    .argument('<file>', 'a chapter')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'csv']).default('text'))
    .action(async (file: string, options) => {
      const { values } = await import('./values');
      done(values(file, options, io));
    });

  withWorkspace(program.command('whatif'))
    .description('print what changes in a chapter when assumptions have other values; nothing is written')
    .argument('<file>', 'a chapter')
    .option('--set <name=value...>', 'an assumption or a constant with its value, in its unit')
    .option('--break-even <name>', 'at which values of an assumption guards fail')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(async (file: string, options) => {
      const { whatif } = await import('./whatif');
      done(await whatif(file, options, io));
    });
}

/** Values that are not what they were, or elsewhere. */
function addChanges(program: Command, io: Io, done: Done): void {
  withWorkspace(program.command('diff'))
    .description('print the numbers of a chapter or project that changed since a git revision, and what changed them')
    .argument('[path]', 'a chapter, or the folder of a project', '.')
    .option('--against <revision>', 'a git revision, or another chapter', 'HEAD')
    .addOption(new Option('--format <format>', 'how to print').choices([...DIFF_FORMATS]).default('text'))
    .action(async (path: string, options) => {
      const { diff } = await import('./diff');
      done(await diff(path, options, io));
    });

  withWorkspace(program.command('lock'))
    .description(
      'write what each reference reads into reckoner.lock.json, from which `check` tells of values that drift',
    )
    .argument('[path]', 'a chapter, or the folder of a project', '.')
    .option('--check', 'write nothing; exit with 1 where a value is not as the lock says')
    .action(async (path: string, options) => {
      const { lock } = await import('./lock');
      done(lock(path, options, io));
    });

  withWorkspace(program.command('same'))
    .description('list quantities that have different values in different chapters of a project')
    .argument('[path]', 'the folder of a project', '.')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(async (path: string, options) => {
      const { same } = await import('./same');
      done(same(path, options, io));
    });
}

/** Pages. */
function addPages(program: Command, io: Io, done: Done): void {
  withWorkspace(program.command('preview'))
    .description('serve the live preview of a chapter or project on localhost, watching the files')
    .argument('<path>', 'a chapter, or the folder of a project')
    .option('--port <number>', 'port to listen on (default: any free one)', port)
    .option('--no-tikz', 'leave TikZ blocks undrawn')
    .option('--no-cache', 'draw every TikZ block anew, and keep nothing')
    .action(async (file: string, options) => {
      const { preview } = await import('./preview');
      done(await preview(file, options, io));
    });

  withWorkspace(program.command('render'))
    .description('write a chapter, or all chapters of a project, as pages that need nothing but themselves')
    .argument('<path>', 'a chapter, or the folder of a project')
    .requiredOption('-o, --output <path>', 'file of the page (- for standard output), or folder of the pages')
    .option('--no-tikz', 'leave TikZ blocks undrawn')
    .option('--no-cache', 'draw every TikZ block anew, and keep nothing')
    .action(async (path: string, options) => {
      const { render } = await import('./render');
      done(await render(path, options, io));
    });
}

/** What there is in a project, and what can be told of it. */
function addProjects(program: Command, io: Io, done: Done): void {
  withWorkspace(program.command('doctor'))
    .description('print what is seen of a project: configuration, chapters, packages, what is unknown and why')
    .argument('[path]', 'a folder or chapter of the project', '.')
    .action(async (path: string, options) => {
      const { doctor } = await import('./doctor');
      done(doctor(path, options, io));
    });

  program
    .command('rules')
    .description('list the rules, or explain one of them')
    .argument('[code]', 'code of a rule, such as failed-check')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(async (code: string | undefined, options) => {
      const { rules } = await import('./rules');
      done(await rules(code, options, io));
    });
}

/** For programs: scripts, comparisons with other evaluators, editors. */
function addPrograms(program: Command, io: Io, done: Done): void {
  withWorkspace(program.command('run'))
    .description('run a Python file in the evaluator and print what it prints')
    .argument('<file>', 'a .py file')
    .action(async (file: string, options) => {
      const { runScript } = await import('./run');
      done(runScript(file, options, io));
    });

  program
    .command('eval')
    .description('evaluate expressions from standard input, one JSON object a line')
    .requiredOption('--jsonl', 'read {"id","setup","expr"}, write {"id","repr","type"} or {"id","error","message"}')
    .action(async () => {
      const { evaluateLines } = await import('./eval');
      done(await evaluateLines(io));
    });

  program
    .command('lsp')
    .description('start the language server')
    .requiredOption('--stdio', 'speak over standard input and output')
    .action(async () => {
      const { startServer } = await import('../lsp/start');
      await startServer();
    });
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return value;
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('It must be a port number.');
  return value;
}
