import type {
  EventId,
  HoldId,
  PoolId,
  TicketTypeId,
  UserId,
  VoucherBatchId,
  VoucherId,
} from '../../../contract/ids.ts';
import type { HoldLine } from './inventory.ts';

/** A voucher as it is stored, column by column. */
export interface VoucherRow {
  event_id: EventId;
  id: VoucherId;
  batch_id: VoucherBatchId;
  code: string;
  tag: string;
  percent_off: number | null;
  amount_off_minor: number | null;
  price_minor: number | null;
  ticket_type_ids: TicketTypeId[] | null;
  seat_index: number | null;
  pool_id: PoolId;
  uses: number;
  held: number;
  sold: number;
  budget_minor: number | null;
  off_minor: number;
  keeps: HoldLine | null;
  hold_id: HoldId | null;
  hold_number: number;
  valid_until: Date | null;
  revoked_at: Date | null;
  made_by: UserId;
  made_at: Date;
}
