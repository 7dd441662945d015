/** Why a door link, or a device of it, lets nobody in any more. */
export const doorEndReasons = ['revoked', 'expired'] as const;
export type DoorEndReason = (typeof doorEndReasons)[number];
