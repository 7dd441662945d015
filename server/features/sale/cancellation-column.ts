// Reads a table of catalog: the statements that read an event's row read its cancellation in the same round trip.
/** A column for statements that read `events`: the event's PublicCancellation, or null if the event is not cancelled. */
export const cancellationColumn = `
  (select json_build_object('reason', reason, 'refund', refund, 'cancelledAt', to_char(cancelled_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from event_cancellations where event_cancellations.event_id = events.id) as cancellation`;
