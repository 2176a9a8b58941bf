/** Runs inside an extension host, where `run` is called: measures the extension there, and writes down what it found. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../src/extension.js';
import { type Measure, resultVariable } from './editorMeasure.js';

const million = 1_000_000;

export async function run(): Promise<void> {
  const measures: Measure[] = [];
  const extension = vscode.extensions.getExtension<ExtensionParts>('kafka-dump-compare.kafka-dump-compare');
  if (extension === undefined) throw new Error('The extension is not installed.');
  const started = performance.now();
  const { session, tree } = await extension.activate();
  measures.push({ what: 'activating the extension', ms: performance.now() - started, atMost: 50 });

  const pair = [await writeDump('old', 'a'), await writeDump('new', 'b')];
  await vscode.commands.executeCommand('kafkaDumpCompare.result.focus');
  let doneAt = Number.NaN;
  const shown = new Promise<number>((resolve) => {
    const draw = tree.getTreeItem.bind(tree);
    tree.getTreeItem = (node) => {
      const item = draw(node);
      if (node.kind === 'key') resolve(performance.now());
      return item;
    };
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  session.onDidChange(({ kind }) => {
    if (kind === 'done') doneAt = performance.now();
  });
  await vscode.commands.executeCommand('kafkaDumpCompare.compareResources', pair[1], pair);
  if (session.state.kind !== 'done') throw new Error(JSON.stringify(session.state));
  const differing = session.state.comparison.differences.length;
  if (differing !== million) throw new Error(`${differing} keys differ.`);
  measures.push({
    what: '1 M differences: rows of the tree after the result',
    ms: (await shown) - doneAt,
    atMost: 300,
  });
  await new Promise((resolve) => setTimeout(resolve, 2000));
  delay.disable();
  measures.push({
    what: '1 M differences: longest block of the host while comparing',
    ms: delay.max / 1e6,
    atMost: 50,
  });
  await writeFile(process.env[resultVariable] as string, JSON.stringify(measures));
}

async function writeDump(name: string, value: string): Promise<vscode.Uri> {
  const file = path.join(tmpdir(), `bench-${process.pid}-${name}.txt`);
  const stream = createWriteStream(file);
  for (let i = 0; i < million; i += 10_000) {
    const records = Array.from(
      { length: 10_000 },
      (_, k) => `CreateTime:${1_690_000_000_000 + i + k}::Partition:${k % 12}::user-${i + k}::${value}\n`,
    );
    if (!stream.write(records.join(''))) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
  return vscode.Uri.file(file);
}
