/** `--key`: the history of one key instead of a report. */
import assert from 'node:assert/strict';
import { runCli } from './cliProcess.js';

const dumps = ['samples/old-topic.txt', 'samples/mirrored-topic.txt'];

describe('command line: --key', () => {
  it('prints the records of both dumps side by side', async () => {
    const { exitCode, stdout, stderr } = await runCli([...dumps, '--key', 'order-1050']);
    assert.equal(exitCode, 1, stderr);
    assert.match(stdout, /^“order-1050”: ahead, 43 min ahead/);
    assert.match(stdout, /^> .*line 26 .*not at the source$/m);
  });

  it('prints them as JSON', async () => {
    const { stdout } = await runCli([...dumps, '--key', 'order-1050', '--format', 'json']);
    const history = JSON.parse(stdout);
    assert.equal(history.cause, 'ahead');
    assert.equal(history.mirror.records.at(-1).line, 26);
    assert.equal(typeof history.mirror.records.at(-1).value, 'string');
    assert.equal(history.rows.at(-1).role, 'notInOther');
  });

  it('leaves values out where they are to be redacted', async () => {
    const { stdout } = await runCli([...dumps, '--key', 'order-1050', '--format', 'json', '--redact-values']);
    assert.doesNotMatch(stdout, /"value"/);
  });

  it('names a key that neither dump has', async () => {
    const { exitCode, stderr } = await runCli([...dumps, '--key', 'nobody']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /Neither dump has a record of the key “nobody”/);
  });

  it('refuses formats without a history', async () => {
    const { exitCode, stderr } = await runCli([...dumps, '--key', 'order-1050', '--format', 'csv']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /as text or json, not as csv/);
  });
});
