/** Files that are not there, and that another chapter of the project may write: unknown, and no error of the reader's. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodeFileSystem } from '../../../server/files/node';
import { analyse } from '../../../server/workspace/check';
import { PackageStore } from '../../../server/workspace/packages';
import { TestWorkspace } from '../../support/workspace';

let workspace: TestWorkspace;
let store: PackageStore;

beforeEach(() => {
  workspace = new TestWorkspace({ '_quarto.yml': 'project: {type: website}\n' });
  store = new PackageStore(new NodeFileSystem());
});
afterEach(() => workspace.remove());

const READER =
  '```{python}\ntry:\n    n = len(open("data/rain.csv").read())\nexcept FileNotFoundError:\n    n = "none"\n```\n';

/** What the reader's reference shows, or why it shows nothing. */
function shown(reader = READER): string | undefined {
  store.refresh();
  const text = `${reader}\nIt is \`{python} n\`.\n`;
  const { analysis } = analyse(workspace.write('reader.qmd', text), text, { root: workspace.folder }, store);
  const [ref] = analysis.refs;
  return ref!.text ?? ref!.unknown?.message;
}

describe('a file that is not there', () => {
  test.each([
    ['opened to write', 'with open("data/rain.csv", "w") as f:\n    f.write("1")'],
    ['written by a library', 'import polars as pl\npl.DataFrame().write_csv("data/rain.csv")'],
    ['by a path put together', 'from pathlib import Path\nout = Path("data") / "rain.csv"\nout.write_text("1")'],
    ['by a name', 'import os\ntarget = os.path.join("data", "rain.csv")\ndownload("https://example.org", target)'],
    ['in a folder that something fills', 'folder = "data"\narchive.extractall(folder)'],
    ['in a folder of a folder', 'archive.extractall("./data/../data")'],
    ['by the shell', '!curl -o data/rain.csv https://example.org/rain.csv'],
    ['under a name that is made', 'for kind in kinds:\n    table.to_csv(f"data/{kind}/../rain.csv")'],
  ])('%s in another chapter is unknown', (_, code) => {
    workspace.write('a.qmd', `\`\`\`{python}\n${code}\n\`\`\`\n`);
    expect(shown()).toContain('it is not there, and a.qmd may write it');
  });

  test('written by another language, or by the shell in its own chapter, is unknown', () => {
    expect(shown(`\`\`\`{python}\n!unzip rain.zip data/rain.csv\n\`\`\`\n\n${READER}`)).toContain(
      'reader.qmd may write it',
    );
    workspace.write('a.qmd', '```{r}\nwrite.csv(rain, "data/rain.csv")\n```\n');
    expect(shown()).toContain('a.qmd may write it');
  });

  test.each([
    ['of four marks, with three of them in it', '````{r}\nx <- "\n```\n"\nwrite.csv(x, "data/rain.csv")\n````\n'],
    ['of tildes', '~~~{julia}\nwrite("data/rain.csv", x)\n~~~\n'],
    ['with lines that end as in Windows', '```{r}\r\nwrite.csv(x, "data/rain.csv")\r\n```\r\n'],
    ['behind one of no language', '```\n```{r}\n```\n\n```{r}\nwrite.csv(x, "data/rain.csv")\n```\n'],
  ])('written in a fence %s is unknown', (_, text) => {
    workspace.write('a.qmd', text);
    expect(shown()).toContain('a.qmd may write it');
  });

  test.each([
    ['that nothing closes', '```{python}\n'.repeat(20_000)],
    ['of text that is shown', '```\nopen("data/rain.csv", "w")\n```\n'],
  ])('that another chapter has in fences %s is missing', (_, text) => {
    workspace.write('a.qmd', text);
    expect(shown()).toBe('none');
  });

  test.each([
    ['reads', 'rows = open("data/rain.csv").read()'],
    ['reads by a name', 'import pandas as pd\npath = "data/rain.csv"\nframe = pd.read_csv(path)'],
    ['looks for', 'import os\nif not os.path.exists("data/rain.csv"):\n    raise ValueError("data/rain.csv")'],
    ['makes the folder of', 'import os\nos.makedirs("data", exist_ok=True)'],
    ['writes beside', 'with open("other/rain.csv", "w") as f:\n    f.write("1")'],
  ])('and that another chapter only %s is missing', (_, code) => {
    workspace.write('a.qmd', `\`\`\`{python}\n${code}\n\`\`\`\n`);
    expect(shown()).toBe('none');
  });

  test('is unknown where the other chapter has too many paths to follow', () => {
    const code = `${'name = "data/other.csv"\nuse(name)\n'.repeat(2000)}print("data/rain.csv")\n`;
    workspace.write('a.qmd', `\`\`\`{python}\n${code}\`\`\`\n`);
    expect(shown()).toContain('a.qmd may write it');
  });

  test('is missing whatever the depth of the code that does not write it', () => {
    const code = `print(${'"data/rain.csv" + '.repeat(5000)}"x")\n`;
    workspace.write('a.qmd', `\`\`\`{python}\n${code}\`\`\`\n`);
    expect(shown()).toBe('none');
  });

  test('and whose own chapter writes it below is missing', () => {
    expect(shown(`${READER}\n\`\`\`{python}\nopen("data/rain.csv", "w").write("1")\n\`\`\`\n`)).toBe('none');
  });

  test('is found where it is there, whoever writes it', () => {
    workspace.writeAll({
      'a.qmd': '```{python}\nopen("data/rain.csv", "w").write("1")\n```\n',
      'data/rain.csv': '12345',
    });
    expect(shown()).toBe('5');
  });

  test('is missing once the other chapter no longer writes it', () => {
    workspace.write('a.qmd', '```{python}\nopen("data/rain.csv", "w").write("1")\n```\n');
    expect(shown()).toContain('a.qmd may write it');
    workspace.write('a.qmd', 'Nothing.\n');
    expect(store.refresh()).toBe(true);
    expect(shown()).toBe('none');
  });

  test('in another project is not the business of this one', () => {
    workspace.writeAll({
      'sub/_quarto.yml': 'project: {type: book}\n',
      'sub/reader.qmd': '',
      'a.qmd': '```{python}\nopen("sub/data/rain.csv", "w").write("1")\n```\n',
    });
    const text = `${READER}\nIt is \`{python} n\`.\n`;
    const { analysis } = analyse(workspace.write('sub/reader.qmd', text), text, { root: workspace.folder }, store);
    expect(analysis.refs[0]!.text).toBe('none');
  });
});
