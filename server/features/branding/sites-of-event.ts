import type { App } from '../../app.ts';
import { findSitesOfEvent } from './store.ts';

/** Text that can be an event's id or slug. Other text is not worth a query, or is not even valid for one. */
const ref = /^(evt_[0-9A-Z]{26}|[\p{L}\p{M}\p{N}-]{1,200})$/u;

/** The sites that may show the widget of a public event: empty if any may; null if the public knows no such event. */
export const readSitesOfEvent = async (app: Pick<App, 'db'>, event: string): Promise<string[] | null> =>
  ref.test(event) ? findSitesOfEvent(app.db, event) : null;
