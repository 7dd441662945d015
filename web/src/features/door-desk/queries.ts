import { queryOptions } from '@tanstack/react-query';
import {
  getDoorSettings,
  listDoorConflicts,
  listDoorDevices,
  listDoorLinks,
} from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
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
