/** All report formats in one table: what chooses one, by a name or a file name's end, looks here. */
import { csvReport } from './csv.js';
import { htmlReport } from './html.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import { ndjsonReport } from './ndjson.js';
import type { Pieces, ReportInput } from './report.js';
import { textReport } from './text.js';

export const reportFormats = ['text', 'json', 'ndjson', 'csv', 'markdown', 'html', 'junit'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface Report {
  /** Of its files, without the dot. */
  readonly extension: string;
  /** It lists every difference unless told otherwise: programs read it, and it is written as it goes. */
  readonly listsAll: boolean;
  /** To be written one after the other. */
  readonly write: (input: ReportInput) => Pieces;
}

export const reports: Readonly<Record<ReportFormat, Report>> = {
  text: { extension: 'txt', listsAll: false, write: textReport },
  json: { extension: 'json', listsAll: false, write: jsonReport },
  ndjson: { extension: 'ndjson', listsAll: true, write: ndjsonReport },
  csv: { extension: 'csv', listsAll: true, write: csvReport },
  markdown: { extension: 'md', listsAll: false, write: markdownReport },
  html: { extension: 'html', listsAll: false, write: htmlReport },
  junit: { extension: 'xml', listsAll: false, write: junitReport },
};
