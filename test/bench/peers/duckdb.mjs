/** The last value of each key with DuckDB: node duckdb.mjs folder-with-duckdb source mirror */
import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, source, mirror] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(path.join(folder, 'package.json'))('@duckdb/node-api');

// The record of the latest CreateTime is the last one. Parsing the columns is left to its CSV reader, its fastest way.
const lastValues = (file) => `(
  SELECT key, arg_max(value, timestamp) AS value
  FROM read_csv('${file.replaceAll("'", "''")}', delim = '::', header = false, quote = '', escape = '',
    auto_detect = false,
    columns = {'timestamp': 'VARCHAR', 'partition': 'VARCHAR', 'key': 'VARCHAR', 'value': 'VARCHAR'})
  GROUP BY key)`;

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const reader = await connection.runAndReadAll(`
  SELECT
    count(*) FILTER (WHERE source.key IS NULL) AS "notInSource",
    count(*) FILTER (WHERE mirror.key IS NULL) AS "notInMirror",
    count(*) FILTER (WHERE source.value <> mirror.value) AS "modified",
    count(*) FILTER (WHERE source.value = mirror.value) AS "same"
  FROM ${lastValues(source)} AS source
  FULL OUTER JOIN ${lastValues(mirror)} AS mirror ON source.key = mirror.key`);
const [counts] = reader.getRowObjects();
console.log(JSON.stringify(Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)]))));
