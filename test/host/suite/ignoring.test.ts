/** Ignore a Field… in a real VS Code: chosen from what differs, compared again, shown, taken back. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DoneState } from '../../../src/editor/session.js';
import {
  closeEditors,
  compareWell,
  DumpFolder,
  eventually,
  extensionParts,
  record,
  run,
  treeLines,
} from './extension.js';

describe('ignoring a field', () => {
  let dumps: DumpFolder;
  let source: vscode.Uri;
  let mirror: vscode.Uri;
  before(async () => {
    dumps = await DumpFolder.create();
    const value = (at: number, rev: number): string => `{"items":[{"at":${at}},{"at":${at + 1}}],"rev":${rev}}`;
    source = await dumps.write(
      'old.txt',
      record(1, 'a', value(1, 1)) + record(2, 'b', value(3, 2)) + record(3, 'c', 'x'),
    );
    mirror = await dumps.write(
      'new.txt',
      record(1, 'a', value(5, 1)) + record(2, 'b', value(7, 3)) + record(3, 'c', 'y'),
    );
  });
  after(async () => {
    await dumps.remove();
    await closeEditors();
  });

  async function shown(): Promise<DoneState> {
    const { session } = await extensionParts();
    return eventually('a result', () => (session.state.kind === 'done' ? session.state : undefined));
  }

  /** Runs a command that asks, and takes what is highlighted. */
  async function runAndAccept(command: string, ...args: unknown[]): Promise<void> {
    let isDone = false;
    const ran = run(command, ...args).then(() => {
      isDone = true;
    });
    await eventually(`the end of ${command}`, () => {
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isDone || undefined;
    });
    await ran;
  }

  it('compares this pair as JSON without it, until it is taken back', async () => {
    const { session } = await extensionParts();
    const pair = { source, mirror };
    assert.equal((await compareWell(source, mirror)).comparison.keys.modified, 3);
    await runAndAccept('ignoreField', 0);
    const { comparison, choices } = await shown();
    assert.deepEqual(choices.ignoredPaths, ['$.items[*].at']);
    assert.equal(comparison.options.valueComparison, 'json');
    assert.deepEqual(
      [...comparison.differences].map(({ key }) => key),
      ['b', 'c'],
    );
    const lines = await treeLines();
    const at = lines.indexOf('Ignored | $.items[*].at');
    assert.ok(at > 0, lines.join('\n'));
    assert.equal(lines[at + 1], '  $.items[*].at | ');

    await runAndAccept('ignoreField', 0);
    assert.deepEqual((await shown()).choices.ignoredPaths, ['$.items[*].at', '$.rev']);
    assert.equal((await shown()).comparison.keys.modified, 1);
    const { tree } = await extensionParts();
    const ignored = (await tree.getChildren()).find(({ kind }) => kind === 'ignored');
    const [first] = await tree.getChildren(ignored);
    await run('stopIgnoring', first);
    assert.deepEqual((await shown()).choices.ignoredPaths, ['$.rev']);
    await run('stopIgnoring');
    assert.equal((await shown()).comparison.keys.modified, 3);
    assert.deepEqual(session.choices.of(pair).ignoredPaths, []);
  });

  it('asks nothing where values are no JSON', async () => {
    await compareWell(source, mirror);
    await run('ignoreField', 2);
    const { session } = await extensionParts();
    assert.deepEqual(session.choices.of({ source, mirror }).ignoredPaths, []);
  });
});
