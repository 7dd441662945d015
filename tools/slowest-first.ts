import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, the slowest of each project first. Without an order, a slow file may start last and leave one of
 * the two workers idle: layout.e2e.ts ended minutes after all others. Vitest orders files by its own measurements, but a fresh
 * clone has none.
 */
export const slowest = [
  'web/e2e/layout.e2e.ts',
  'web/e2e/wallet.e2e.ts',
  'web/e2e/designer.e2e.ts',
  'web/e2e/editor.e2e.ts',
  'web/e2e/wallet-passes.e2e.ts',
  'web/e2e/accessibility.e2e.ts',
  'web/e2e/gates.e2e.ts',
  'web/e2e/waiting-room.e2e.ts',
  'web/e2e/accounts.e2e.ts',
  'web/e2e/pages.e2e.ts',
  'web/e2e/flight-door.e2e.ts',
  'web/e2e/transfers.e2e.ts',
  'web/e2e/desk.e2e.ts',
  'web/e2e/checkout.e2e.ts',
  'web/e2e/own-places.e2e.ts',
  'web/e2e/organise.e2e.ts',
  'web/e2e/event-form.e2e.ts',
  'server/features/waiting-room/queue.services.ts',
  'server/testing/cluster.services.ts',
  'server/adapters/kafka/consumers.services.ts',
  'server/http/access.test.ts',
  'server/http/extremes.test.ts',
  'server/http/bad-input.test.ts',
  'server/features/audit-log/audit-log.test.ts',
  'server/features/event-changes/cancel-crash.test.ts',
  'tools/onsale/onsale.test.ts',
  'tools/torture/torture.test.ts',
  'server/work/workers.test.ts',
  'server/work/roles.test.ts',
  'server/crash.test.ts',
  'server/http/slow-readers.test.ts',
  'server/features/exports/long-exports.test.ts',
];

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = slowest.findIndex((path) => moduleId.replaceAll('\\', '/').endsWith(`/${path}`));
      return at === -1 ? slowest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
