import type { SeatId, SeatMapId, TicketTypeId } from '../../../contract/ids.ts';

/** What a buyer asks for. */
export type Wants =
  | { kind: 'items'; items: WantedItem[] }
  | {
      kind: 'seats';
      seats: { seatId: SeatId; ticketTypeId?: TicketTypeId | undefined }[];
      /** Places without numbers in the same hold. */
      items?: WantedItem[] | undefined;
      seatMapId?: KnownMap;
    }
  | {
      kind: 'best';
      ticketTypeId: TicketTypeId;
      quantity: number;
      /** How many of them are wheelchair places. The others are for companions beside them. */
      accessible?: number | undefined;
      seatMapId?: KnownMap;
    };

interface WantedItem {
  ticketTypeId: TicketTypeId;
  quantity: number;
  /** The price that the buyer names, without booking fee and without tax on top. */
  priceMinor?: number | undefined;
}

/** The version of the seat map that the buyer looks at; undefined if the client does not say. */
type KnownMap = SeatMapId | undefined;
