import { type EventMessageKind, eventMessageKinds } from '../../../../contract/message-kinds.ts';
import { t } from './words.ts';

/** A newer server may have kinds that this page does not know yet. */
export const sayKind = (kind: EventMessageKind): string =>
  eventMessageKinds.includes(kind) ? t(kind) : kind;
