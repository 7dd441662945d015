import { queryOptions } from '@tanstack/react-query';
import {
  findDoorTickets,
  getDoorCounts,
  getDoorSettings,
  getDoorTimeline,
  getTicketScans,
  listDoorConflicts,
  listDoorDevices,
  listDoorLinks,
} from '../../../../client/endpoints.generated.ts';
import type { EventId, TicketId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** Devices speak every half minute, so a page without a live connection is at most a minute behind. */
const againMs = 30_000;

export const doorKey = (eventId: EventId) => ['managed', eventId, 'door'] as const;

export const doorLinksQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: [...doorKey(eventId), 'links'],
    queryFn: async ({ signal }) => (await call(listDoorLinks, { params: { eventId }, signal })).items,
    staleTime: 0,
    refetchInterval: againMs,
  });

export const doorDevicesQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: [...doorKey(eventId), 'devices'],
    queryFn: async ({ signal }) => (await call(listDoorDevices, { params: { eventId }, signal })).items,
    staleTime: 0,
    refetchInterval: againMs,
  });

export const doorConflictsQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: [...doorKey(eventId), 'conflicts'],
    queryFn: ({ signal }) => call(listDoorConflicts, { params: { eventId }, query: {}, signal }),
    staleTime: 0,
    refetchInterval: againMs,
  });

export const doorSettingsQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: [...doorKey(eventId), 'settings'],
    queryFn: ({ signal }) => call(getDoorSettings, { params: { eventId }, signal }),
    staleTime: 0,
  });

export const doorCountsQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: [...doorKey(eventId), 'counts'],
    queryFn: ({ signal }) => call(getDoorCounts, { params: { eventId }, signal }),
    staleTime: 0,
    refetchInterval: againMs,
  });

export const doorTimelineQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: [...doorKey(eventId), 'timeline'],
    queryFn: ({ signal }) => call(getDoorTimeline, { params: { eventId }, signal }),
    staleTime: 0,
    refetchInterval: againMs,
  });

export const ticketScansQuery = (eventId: EventId, ticketId: TicketId) =>
  queryOptions({
    queryKey: [...doorKey(eventId), 'ticket', ticketId],
    queryFn: ({ signal }) => call(getTicketScans, { params: { eventId, ticketId }, signal }),
    staleTime: 0,
  });

export const foundTicketsQuery = (eventId: EventId, q: string) =>
  queryOptions({
    queryKey: [...doorKey(eventId), 'found', q],
    queryFn: ({ signal }) => call(findDoorTickets, { params: { eventId }, query: { q }, signal }),
    staleTime: 0,
    enabled: q.length >= 2,
  });
