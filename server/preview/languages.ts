/** The languages whose code a library colours (`highlight.ts`), with the other names that listings give them. */
const ALIASES: Readonly<Record<string, string>> = {
  armasm: 'arm asm-arm',
  bash: 'sh zsh',
  c: 'h',
  clojure: 'clj',
  cmake: '',
  cpp: 'c++ cc hpp cxx cuda cu',
  csharp: 'c# cs',
  css: '',
  diff: 'patch',
  dockerfile: 'docker',
  elixir: 'ex exs',
  erlang: 'erl',
  fortran: 'f90 f95',
  go: 'golang',
  graphql: 'gql',
  haskell: 'hs',
  http: '',
  ini: 'toml',
  java: '',
  javascript: 'js jsx mjs ojs node',
  json: 'jsonc json5',
  julia: 'jl',
  kotlin: 'kt',
  latex: 'tex',
  lisp: 'commonlisp',
  llvm: '',
  lua: '',
  makefile: 'make mk',
  markdown: 'md qmd rmd',
  matlab: 'octave',
  nginx: '',
  ocaml: 'ml',
  perl: 'pl',
  php: '',
  powershell: 'ps1',
  protobuf: 'proto',
  r: '',
  ruby: 'rb',
  rust: 'rs',
  scala: '',
  scheme: 'racket',
  shell: 'console terminal',
  sql: 'postgresql mysql sqlite',
  swift: '',
  typescript: 'ts tsx',
  verilog: 'v systemverilog sv',
  vhdl: '',
  x86asm: 'asm nasm assembly',
  xml: 'html svg xhtml',
  yaml: 'yml',
};

const GRAMMARS: ReadonlyMap<string, string> = new Map(
  Object.entries(ALIASES).flatMap(([name, others]) =>
    [name, ...others.split(' ')].filter(one => one !== '').map(one => [one, name] as const),
  ),
);

/** The grammar for a language as a listing names it. */
export function grammarOf(language: string): string | undefined {
  return GRAMMARS.get(language);
}
