/**
 * Writes docs/api.md and docs/admit.postman_collection.json from the contract: one request for each operation. A test compares both
 * files with the contract, and runs every request.
 *
 *   node tools/make-api-docs.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describePage } from './api-docs/page.ts';
import { describeCollection } from './api-docs/postman.ts';

const docs = join(import.meta.dirname, '../docs');
writeFileSync(join(docs, 'api.md'), describePage());
writeFileSync(join(docs, 'admit.postman_collection.json'), describeCollection());
