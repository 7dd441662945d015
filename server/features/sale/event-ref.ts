/** True for text that can be an event's id or slug. Other text is not worth a query, or is not even valid for one. */
export const isEventRef = (ref: string): boolean =>
  /^evt_[0-9A-Z]{26}$/.test(ref) || /^[\p{L}\p{M}\p{N}-]+$/u.test(ref);
