/** Every command line of the documentation is one that the command line understands. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArguments } from '../../src/cli/arguments.js';

const root = join(import.meta.dirname, '../..');

describe('the documentation', () => {
  for (const file of ['README.md', 'docs/ci.md']) {
    it(`of ${file} has command lines that work`, async () => {
      const text = (await readFile(join(root, file), 'utf8')).replaceAll('\\\n', ' ');
      const commands = text
        .split('\n')
        .map((line) =>
          /^\s*(?:- |run: )?npx (?:--yes )?kafka-dump-compare (.+)$|run: npx --yes kafka-dump-compare (.+)$/.exec(line),
        )
        .flatMap((found) => found?.[1] ?? found?.[2] ?? []);
      assert.ok(commands.length > 0);
      for (const command of commands) {
        const words = command.replace(/\s*(?:>>|>|\|\|).*$/, '').split(' ');
        assert.doesNotThrow(() => parseArguments(words, '1.2.3', () => {}), command);
      }
    });
  }

  it('names every option of the command line in README.md', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    let help = '';
    try {
      parseArguments(['--help'], '1.2.3', (text) => {
        help += text;
      });
    } catch {
      // Help ends the run.
    }
    const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option as string);
    assert.ok(options.length > 15, help);
    for (const option of options) assert.ok(readme.includes(option.replace(/^--(source|mirror)-.*/, '--$1-…')), option);
  });
});
