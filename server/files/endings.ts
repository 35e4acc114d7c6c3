/** Kinds of files, by their names. */

/** Endings of the files that cells are likely to read, and of bibliographies. */
export const DATA_ENDINGS = [
  'yaml',
  'yml',
  'json',
  'toml',
  'csv',
  'tsv',
  'txt',
  'cfg',
  'ini',
  'conf',
  'def',
  'dat',
  'units',
  'bib',
];
