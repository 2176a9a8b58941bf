/** Change How This Dump Is Read… in a real VS Code: asked in steps, compared again, remembered, taken back. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DoneState } from '../../../src/editor/session.js';
import {
  closeEditors,
  compare,
  compareWell,
  DumpFolder,
  eventually,
  extensionParts,
  run,
  treeLines,
} from './extension.js';

describe('changing how a dump is read', () => {
  let dumps: DumpFolder;
  let source: vscode.Uri;
  let mirror: vscode.Uri;
  before(async () => {
    dumps = await DumpFolder.create();
    source = await dumps.write('old.txt', 'a|b::1\na|c::2\n');
    mirror = await dumps.write('new.txt', 'a|b::1\na|c::NIL\n');
  });
  after(async () => {
    await dumps.remove();
    await closeEditors();
  });

  async function shown(): Promise<DoneState> {
    const { session } = await extensionParts();
    return eventually('a result', () => (session.state.kind === 'done' ? session.state : undefined));
  }

  it('is remembered for the pair, goes along when it is swapped, and can be taken back', async () => {
    const { session } = await extensionParts();
    const pair = { source, mirror };
    await session.choices.choose(pair, { mirror: { separator: '|', nullLiteral: 'b::1' } });
    const { comparison } = await compareWell(source, mirror);
    assert.deepEqual([comparison.source.separator, comparison.mirror.separator], ['::', '|']);
    assert.equal(comparison.mirror.tombstones, 1);
    const lines = await treeLines();
    assert.ok(
      lines.includes(
        '  mirror | key-value (assumed) · separator “|” (chosen) · “b::1” is a null (chosen) · key, value',
      ),
      lines.join('\n'),
    );
    await run('swapSides');
    assert.equal((await shown()).comparison.source.separator, '|');
    await run('swapSides');
    await run('readAsDetected', 'mirror');
    const after = await shown();
    assert.equal(after.comparison.mirror.separator, '::');
    assert.deepEqual(session.choices.of(pair), { source: {}, mirror: {}, ignoredPaths: [] });
  });

  it('is asked in three steps, Enter for each', async () => {
    const { session } = await extensionParts();
    await compareWell(source, mirror);
    let isAnswered = false;
    const changed = run('changeReading', 'mirror').then(() => {
      isAnswered = true;
    });
    // Each list takes a moment to open; highlighted is what is in force.
    await eventually('the end of the questions', () => {
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isAnswered || undefined;
    });
    await changed;
    assert.equal((await shown()).comparison.mirror.separator, '::');
    assert.deepEqual(session.choices.of({ source, mirror }).mirror, {});
  });

  it('asks nothing of a dump that is not there', async () => {
    const gone = await dumps.write('gone.txt', 'a::1\n');
    await compareWell(gone, mirror);
    await vscode.workspace.fs.delete(gone);
    await run('changeReading', 'source');
    const state = await compare(gone, mirror);
    assert.equal(state.kind, 'failed');
  });
});
