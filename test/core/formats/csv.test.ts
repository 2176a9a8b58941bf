/** The CSV exports of user interfaces: as their source writes them, and damaged. */
import assert from 'node:assert/strict';
import { UserError } from '../../../src/core/errors.js';
import { scanBytes, scanDump, withoutPlace } from '../../support/scanDump.js';

const kafbatHeader = 'Value,Offset,Key,Partition,Headers,Timestamp';
const extensionHeader = 'Key,Partition,Offset,Value,Headers';
const time = '2023-07-22T04:26:40.001Z';

interface Row {
  readonly what: string;
  readonly text: string;
  readonly records: readonly string[];
  readonly unreadable?: number;
}

const rows: readonly Row[] = [
  {
    what: 'Kafbat UI: nothing quoted, newest first, values with commas, quotes and line breaks',
    text: `${kafbatHeader}\n{"a":1,"b":[2,{"c":3}]},12,user-1,0,{},${time}\n"quoted",11,"k",1,{"h":"x,7,{y"},${time}\nline one\n\nline, two,10,,0,{},${time}\n,9,k,0,{},${time}`,
    records: [
      '2+1 0/12 CreateTime:1690000000001 user-1={"a":1,"b":[2,{"c":3}]}',
      '3+1 1/11 CreateTime:1690000000001 "k"="quoted"',
      '4+3 0/10 CreateTime:1690000000001 ∅=line one\n\nline, two',
      '7+1 0/9 CreateTime:1690000000001 k=∅',
    ],
  },
  {
    what: 'the same, quoted',
    text: `${kafbatHeader}\r\n"{""a"":1,""b"":2}",12,"k,1",0,"{""h"":""x""}",${time}\r\nplain,11,k,0,{},${time}\r\n`,
    records: ['2+1 0/12 CreateTime:1690000000001 k,1={"a":1,"b":2}', '3+1 0/11 CreateTime:1690000000001 k=plain'],
  },
  {
    what: 'Kafbat UI, cut within its last row',
    text: `${kafbatHeader}\nv,1,k,0,{},${time}\nv,2,k,0,{"a":1`,
    records: ['2+1 0/1 CreateTime:1690000000001 k=v'],
  },
  {
    what: 'Tools for Apache Kafka: quoted where needed, no line end at the end, no timestamps',
    text: `${extensionHeader}\nk,0,1,"{""a"": 1,\n""b"": 2}","h: a, i: b"\n"k,""1""",1,2,plain,\n,0,3,,`,
    records: ['2+2 0/1 k={"a": 1,\n"b": 2}', '4+1 1/2 k,"1"=plain', '5+1 0/3 ∅=∅'],
  },
  {
    what: 'Tools for Apache Kafka, with a byte order mark, CR LF and an empty line at the end',
    text: `\u00ef\u00bb\u00bf${extensionHeader}\r\nk,0,1,v,\r\nk,0,2,"a\r\nb",\r\n\r\n`,
    records: ['2+1 0/1 k=v', '3+2 0/2 k=a\r\nb'],
  },
  {
    what: 'rows that are no records',
    text: `${extensionHeader}\nk,0,1,v,\nk,zero,2,v,\nk,0\n"k"x,0,3,v,\nk,0,4,v,\nk,0,5,v,\n`,
    records: ['2+1 0/1 k=v', '6+1 0/4 k=v', '7+1 0/5 k=v'],
    unreadable: 3,
  },
  {
    what: 'a row that is cut between two columns',
    text: `${extensionHeader}\nk,0,1,v,\nk2,0,2,va`,
    records: ['2+1 0/1 k=v', 'cut 3+1 0/2 k2='],
  },
  {
    what: 'a row that is cut within quotes',
    text: `${extensionHeader}\nk,0,1,v,\nk2,0,2,"va\nlue""`,
    records: ['2+1 0/1 k=v', 'cut 3+2 0/2 k2='],
  },
  { what: 'an empty topic', text: `${extensionHeader}`, records: [] },
];

describe('CSV exports', () => {
  for (const { what, text, records, unreadable } of rows) {
    it(what, () => {
      const bytes = Buffer.from(text, 'latin1');
      const { layout, warnings } = scanDump(bytes);
      for (const blockBytes of [1, 3, 50, 10_000]) {
        const { records: found, totals } = scanBytes(layout, bytes, blockBytes);
        assert.deepEqual(
          found.map((record) => record.replace(/@\d+\+\d+/, '')),
          records,
        );
        const all = totals.recordBytes + totals.setAsideBytes + totals.lineEndBytes;
        assert.equal(all, bytes.length - layout.bomLength);
        assert.equal(totals.unreadableRecords, unreadable ?? 0);
        assert.equal(totals.lines, text.split('\n').length - (text.endsWith('\n') ? 1 : 0));
      }
      assert.deepEqual(warnings, []);
    });
  }

  it('says where it was cut if the key is not there', () => {
    const text = `${kafbatHeader}\nv,1,k,0,{},${time}\nv,2,k,0,{"a":1`;
    assert.equal(scanDump(Buffer.from(text)).totals.unknownCutLine, 3);
  });

  it('keeps empty fields if nothing is to be taken for null', () => {
    const text = Buffer.from(`${extensionHeader}\n,0,1,,\n`);
    assert.deepEqual(scanDump(text).records.map(withoutPlace), ['0/1 ∅=∅']);
    assert.deepEqual(scanDump(text, { nullLiteral: null }).records.map(withoutPlace), ['0/1 =']);
  });

  it('refuses Redpanda Console’s, and a table of something else under a known header', () => {
    const refused = (text: string, message: RegExp): void =>
      assert.throws(
        () => scanDump(Buffer.from(text)),
        (error: unknown) => error instanceof UserError && message.test(error.message),
      );
    refused(
      'timestamp,partitionID,offset,key,value,keySize,valueSize,compression\n1,0,1,k,v,1,1,none\n',
      /CSV export of Redpanda Console, which turns commas .* Export the messages as JSON/,
    );
    refused(`${extensionHeader}\na;b;c\nd;e\n`, /line 2: this row does not have the columns of its header/);
  });
});
