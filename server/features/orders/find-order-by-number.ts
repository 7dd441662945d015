import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { findByNumber } from './access-store.ts';

/** The order of this number that was bought with this address, for other features; null where there is none. */
export const findOrderByNumber = (
  app: Pick<App, 'db'>,
  email: string,
  number: string,
): Promise<OrderId | null> => findByNumber(app.db, email, number);
