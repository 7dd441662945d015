import type { UserId } from '../../../contract/ids.ts';
import type { Db } from '../../data/db.ts';
import { deleteGuest } from './store.ts';

const foreignKeyViolation = '23503';
const tries = 5;

/**
 * Deletes a guest who has signed in to an account, after `move` has moved the guest's holds and orders. If the guest
 * places an order between the two, the deletion fails, and both are repeated.
 */
export async function endGuest(db: Db, guest: UserId, move: () => Promise<void>): Promise<void> {
  for (let left = tries; left > 0; left--) {
    await move();
    try {
      await deleteGuest(db, guest);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== foreignKeyViolation || left === 1) throw error;
    }
  }
}
