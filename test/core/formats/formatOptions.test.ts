/** The table of what each format heeds, held against what detection makes of a dump of it. */
import assert from 'node:assert/strict';
import { type DumpFormat, dumpFormats } from '../../../src/core/comparison.js';
import { detectDump } from '../../../src/core/formats/detect.js';
import { formatOptions } from '../../../src/core/formats/formatOptions.js';
import { type DumpOptions, defaultDumpOptions } from '../../../src/core/options.js';
import { toolDumps } from '../../support/toolDumps.js';

const record = { key: 'k', value: '{"a":1}', partition: 0, offset: 3, timestamp: 1_690_000_000_000 };

const dumps: readonly Buffer[] = [
  ...toolDumps.map(({ write }) => write([record, { ...record, offset: 4 }])),
  ...[
    'CreateTime:5::Partition:0::k::v\n',
    'CreateTime:5::k::v::0\n',
    'k|v\nl|w\n',
    'Dumping 0.log\nStarting offset: 0\nbaseOffset: 0 lastOffset: 0 count: 1 position: 0\n| offset: 0 CreateTime: 5 keySize: 1 valueSize: 1 sequence: -1 headerKeys: [] key: k payload: v\n',
    'k#2023-07-22T04:26:40Z#v\n',
  ].map((text) => Buffer.from(text)),
];

const detect = (bytes: Buffer, options: Partial<DumpOptions> = {}) =>
  detectDump({ path: 'dump', bytes, isWhole: true }, { ...defaultDumpOptions, ...options }).layout;

describe('the options that a format heeds', () => {
  const met = new Set<DumpFormat>();
  for (const bytes of dumps) {
    const { format, separator, nullLiteral } = detect(bytes);
    met.add(format);
    it(`${format}, in ${JSON.stringify(bytes.toString('latin1').slice(0, 60))}`, () => {
      const { hasSeparator, nulls } = formatOptions[format];
      assert.equal(separator !== null, hasSeparator);
      const other = detect(bytes, { format, nullLiteral: 'NIL' }).nullLiteral;
      const none = detect(bytes, { format, nullLiteral: null }).nullLiteral;
      const expected = { text: ['null', 'NIL', null], empty: ['', '', null], exact: [null, null, null] }[nulls];
      assert.deepEqual([nullLiteral, other, none], expected);
    });
  }

  it('are known of every format', () => assert.deepEqual([...met].sort(), [...dumpFormats].sort()));
});
