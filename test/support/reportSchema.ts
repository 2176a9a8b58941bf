/** The shipped JSON Schemas, applied by a library that did not write the reports. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });

function validatorOf(name: string): (report: unknown) => void {
  const file = new URL(`../../src/core/report/${name}.schema.json`, import.meta.url);
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  return (report) => assert.ok(validate(report), JSON.stringify(validate.errors));
}

export const assertValidReport = validatorOf('report');
export const assertValidHistory = validatorOf('history');
