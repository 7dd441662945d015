import type { App } from '../../app.ts';
import { selectMissingMovements, selectUnknownMovements } from './compare-store.ts';
import type { ProviderMovement } from './provider.ts';

const hourMs = 60 * 60_000;
const portion = 1000;

/**
 * Compares the provider's own books with ours, for movements that the provider booked from `from` to `to`. Returns one
 * text for each movement that we do not have, or have with another amount, and for each of ours that the provider does
 * not have.
 */
export async function compareBooks(app: App, from: Date, to: Date): Promise<string[]> {
  const { db, payments, config } = app;
  const isShared = config.payments.provider === 'stripe' && config.payments.accountIsShared;
  const findings: string[] = [];
  const seen: string[] = [];
  let page: ProviderMovement[] = [];
  const compare = async () => {
    findings.push(...(await selectUnknownMovements(db, payments.name, page)));
    page = [];
  };
  // Our entry may be a day older or younger than the provider's, because webhooks may come late.
  const late = new Date(to.getTime() + 24 * hourMs);
  for await (const movement of payments.listMovements(new Date(from.getTime() - 24 * hourMs), late)) {
    seen.push(movement.ref);
    if (isShared && !movement.isOurs) continue;
    page.push(movement);
    if (page.length >= portion) await compare();
  }
  await compare();
  findings.push(...(await selectMissingMovements(db, payments.name, seen, from, to)));
  return findings;
}
