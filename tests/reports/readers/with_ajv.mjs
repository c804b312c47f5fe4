// Holds a CTRF report against the schema of CTRF, and what Murphy adds against its own: with_ajv.mjs READERS REPORT
// CTRF-SCHEMA MURPHY-SCHEMA. Prints each error; nothing when all is well.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [, , readers, report, ...schemas] = process.argv;
const require = createRequire(`${readers}/`);
const Ajv = require('ajv').default;
const addFormats = require('ajv-formats').default;

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const document = read(report);
const parts = [document, document.extra.murphy];
schemas.forEach((schema, index) => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(read(schema));
  if (!validate(parts[index])) for (const error of validate.errors) console.log(`${error.instancePath} ${error.message}`);
});
