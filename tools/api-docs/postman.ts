import { shortJson } from './curl.ts';
import { type ExampleRequest, exampleRequests } from './requests.ts';

/** docs/admit.postman_collection.json, a collection in the format 2.1 with a folder for each topic. */
export function describeCollection(requests: ExampleRequest[] = exampleRequests()): string {
  const items = [...Map.groupBy(requests, ({ op }) => op.tag)].map(([name, those]) => ({
    name,
    item: those.map(itemOf),
  }));
  const names = new Set([...JSON.stringify(items).matchAll(/\{\{([A-Z0-9_]+)\}\}/g)].map(([, name]) => name));
  const collection = {
    info: {
      name: 'Admit',
      description: 'Written from the contract by tools/make-api-docs.ts. docs/api.md explains the variables.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{TOKEN}}', type: 'string' }] },
    variable: [
      { key: 'ADMIT', value: 'http://localhost:3000' },
      ...[...names, 'TOKEN']
        .filter((name) => name !== 'ADMIT')
        .sort()
        .map((key) => ({ key, value: '' })),
    ],
    item: items,
  };
  return `${JSON.stringify(collection, null, 1)}\n`;
}

function itemOf({ op, hasToken, path, headers, body }: ExampleRequest) {
  const [bare = '', query] = inPostman(path).split('?');
  return {
    name: op.id,
    request: {
      method: op.method,
      description: op.summary,
      // A request without `auth` has that of the collection.
      ...(!hasToken && { auth: { type: 'noauth' } }),
      header: headers.map(([key, value]) => ({ key, value: inPostman(value) })),
      url: {
        raw: `{{ADMIT}}${inPostman(path)}`,
        host: ['{{ADMIT}}'],
        path: bare.split('/').slice(1),
        ...(query !== undefined && {
          query: query.split('&').map((pair) => {
            const at = pair.indexOf('=');
            return { key: pair.slice(0, at), value: pair.slice(at + 1) };
          }),
        }),
      },
      ...(body && { body: postmanBody(body) }),
    },
  };
}

function postmanBody(body: NonNullable<ExampleRequest['body']>) {
  if (body.kind === 'file') return { mode: 'file', file: { src: `{{${body.variable}}}` } };
  const raw = body.kind === 'json' ? inPostman(shortJson(body.json)) : `{{${body.variable}}}`;
  return { mode: 'raw', raw, options: { raw: { language: 'json' } } };
}

const inPostman = (text: string): string => text.replaceAll(/\$([A-Z][A-Z0-9_]*)/g, '{{$1}}');
