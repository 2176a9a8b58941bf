import assert from 'node:assert/strict';
import { UserError } from '../../../src/core/errors.js';
import { detectDump } from '../../../src/core/formats/detect.js';
import { defaultDumpOptions } from '../../../src/core/options.js';

const detect = (text: string, separator: string | null = null, isWhole = true) =>
  detectDump({ path: 'dump.txt', bytes: Buffer.from(text), isWhole }, { ...defaultDumpOptions, separator });

describe('detection of a console-consumer dump', () => {
  const separators = [
    '::',
    '\t',
    '|',
    ',',
    ';',
    ' ',
    ' | ',
    '-',
    '=>',
    '\u0001',
    '\u0000',
    '§',
    '→',
    '#$%',
    '..',
    '-Partition-',
  ];
  for (const separator of separators) {
    it(`separator ${JSON.stringify(separator)} between two columns`, () => {
      const record = ['CreateTime:5', 'Partition:0', 'k', 'v'].join(separator);
      const { layout, warnings } = detect(`${record}\n${record}\n`);
      assert.equal(layout.separator, separator);
      assert.deepEqual(layout.columns, ['timestamp', 'partition', 'key', 'value']);
      assert.deepEqual(warnings, []);
    });
  }

  const layouts: readonly [string, readonly string[], string | null][] = [
    ['CreateTime:1::Partition:0::k::v', ['timestamp', 'partition', 'key', 'value'], null],
    ['LogAppendTime:1::Partition:0::k::v', ['timestamp', 'partition', 'key', 'value'], null],
    ['NO_TIMESTAMP::Partition:0::k::v', ['timestamp', 'partition', 'key', 'value'], null],
    ['CreateTime:-1::Partition:0::k::v', ['timestamp', 'partition', 'key', 'value'], null],
    ['CreateTime:1::Partition:0::Offset:7::k::v', ['timestamp', 'partition', 'offset', 'key', 'value'], null],
    ['CreateTime:1::Offset:7::k::v', ['timestamp', 'offset', 'key', 'value'], null],
    ['Partition:0::Offset:7::k::v', ['partition', 'offset', 'key', 'value'], null],
    [
      'CreateTime:1|Partition:0|Offset:7|NO_HEADERS|k|v',
      ['timestamp', 'partition', 'offset', 'headers', 'key', 'value'],
      null,
    ],
    [
      'CreateTime:1::Partition:0::Offset:7::Delivery:NOT_PRESENT::Epoch:3::NO_HEADERS::k::v',
      ['timestamp', 'partition', 'offset', 'delivery', 'epoch', 'headers', 'key', 'value'],
      null,
    ],
    ['CreateTime:1::k::v', ['timestamp', 'key', 'value'], 'separator-assumed'],
    ['Partition:3::k::v', ['partition', 'key', 'value'], 'separator-assumed'],
  ];
  for (const [record, columns, warning] of layouts) {
    it(record, () => {
      const { layout, warnings } = detect(`${record}\n${record}\n`);
      assert.deepEqual(layout.columns, columns);
      assert.equal(layout.separator, record.includes('|') ? '|' : '::');
      assert.equal(warnings[0]?.code ?? null, warning);
    });
  }

  it('takes the longest separator that the records share, and not the beginning of their keys', () => {
    const { layout } = detect('CreateTime:1::user-1::{"a":1}\nCreateTime:2::user-2::{"b":2}\n');
    assert.equal(layout.separator, '::');
  });

  it('is not misled by lines of values that begin like a record', () => {
    const { layout } = detect('CreateTime:1;Partition:1;a;x\nCreateTime:5\nCreateTime:6\nCreateTime:7\n');
    assert.deepEqual([layout.separator, layout.columns.length], [';', 4]);
  });

  it('looks past notices and a byte order mark', () => {
    const notice =
      'Option --property is deprecated and will be removed in a future version. Use --formatter-property instead.';
    const { layout } = detect(
      `\ufeff${notice}\n[2024-01-31 12:00:00,123] WARN x (y)\nCreateTime:1::Partition:0::k::v\n`,
    );
    assert.deepEqual([layout.separator, layout.bomLength], ['::', 3]);
  });

  it('takes CR LF for the line end only if nearly all records end in it', () => {
    const record = 'CreateTime:1::Partition:0::k::v';
    assert.equal(detect(`${record}\r\n${record}\r\n`).layout.crlf, true);
    assert.equal(detect(`${record}\r\n${record}\n`).layout.crlf, false);
    assert.equal(detect(`${record}\r\n${record}`).layout.crlf, true);
    assert.equal(detect(`${record}`).layout.crlf, false);
  });

  it('reads a first record that is longer than the sample', () => {
    const { layout } = detect(`CreateTime:1::Partition:0::k::${'v'.repeat(1000)}`, null, false);
    assert.equal(layout.separator, '::');
  });

  it('refuses what has no key, naming the line', () => {
    const noKeys = 'CreateTime:1::Partition:0::value\nCreateTime:2::Partition:0::value\n';
    assert.throws(
      () => detect(noKeys),
      (error) => error instanceof UserError && error.path === 'dump.txt' && error.line === 1,
    );
  });
});
