/** The shipped JSON Schema, applied by a library that did not write the reports. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const schema = JSON.parse(readFileSync(new URL('../../src/core/report/report.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const validateReport = ajv.compile(schema);

export function assertValidReport(report: unknown): void {
  assert.ok(validateReport(report), JSON.stringify(validateReport.errors));
}
