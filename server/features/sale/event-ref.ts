/** True for what can be an event's id or slug. Anything else is not worth a query, or not even valid text. */
export const isEventRef = (ref: string): boolean =>
  /^evt_[0-9A-Z]{26}$/.test(ref) || /^[\p{L}\p{M}\p{N}-]+$/u.test(ref);
