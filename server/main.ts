import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// The entry of a production process: `node --max-semi-space-size=8 server/main.ts`. What is compiled here is
// kept for the next start, which then takes half as long and 10 MB less, as nothing strips types. Where the
// folder can't be written, that is all that is lost.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/admit', import.meta.url)));
await import('./serve.ts');
