import type { ExampleRequest } from './requests.ts';

/** The request as a command for a shell. Variables are in double quotes, and JSON is in a here-document. */
export function curlOf({ op, hasToken, path, headers, body }: ExampleRequest): string {
  const all = [...(hasToken ? [['Authorization', 'Bearer $TOKEN']] : []), ...headers];
  const parts = [
    `curl${op.method === 'GET' ? '' : ` -X ${op.method}`} "$ADMIT${path}"`,
    ...all.map(([name, value]) => `-H "${name}: ${(value ?? '').replaceAll('"', '\\"')}"`),
    ...(body?.kind === 'file' ? [`--data-binary "@$${body.variable}"`] : []),
    ...(body?.kind === 'signed' ? [`--data-raw "$${body.variable}"`] : []),
    ...(body?.kind === 'json' ? ['--data-binary @- <<JSON'] : []),
  ];
  const command = parts.join(' \\\n  ');
  return body?.kind === 'json' ? `${command}\n${hereOf(body.json)}\nJSON` : command;
}

/** JSON in a here-document, in which a shell replaces variables, and reads backslashes and backticks. */
const hereOf = (json: unknown): string =>
  shortJson(json)
    .replaceAll('\\', '\\\\')
    .replaceAll('`', '\\`')
    .replaceAll(/\$(?![A-Z])/g, '\\$');

const widest = 110;

/** JSON with each list or object on one line if it fits. */
export function shortJson(value: unknown, indent = ''): string {
  // What stands for a number has no quotes.
  const flat = JSON.stringify(value).replaceAll(/"\\u0000(\$[A-Z0-9_]+)"/g, '$1');
  const spaced = spread(flat);
  if (typeof value !== 'object' || value === null || indent.length + spaced.length <= widest) return spaced;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((each) => inner + shortJson(each, inner))
    : Object.entries(value).map(([key, each]) => `${inner}${JSON.stringify(key)}: ${shortJson(each, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** With a space behind commas and colons, and inside braces, outside texts. */
const spread = (flat: string): string =>
  flat
    .replaceAll(/"(?:[^"\\]|\\.)*"|[{}:,]/g, (part) =>
      part === '{' ? '{ ' : part === '}' ? ' }' : part === ':' ? ': ' : part === ',' ? ', ' : part,
    )
    .replaceAll('{  }', '{}');
