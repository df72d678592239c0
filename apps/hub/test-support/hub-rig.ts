import { ROUTER_CAPABILITIES, type MeetingCode, type MeetingId } from '@relais/protocol';
import { createMemoryMediaNode, someFingerprint } from '@relais/testing';
import { pino } from 'pino';
import { createMemoryCheckReports } from '../src/adapters/memory-check-reports.ts';
import { createMemoryEntryStore } from '../src/adapters/memory-entry-store.ts';
import { MemoryHubExchange } from '../src/adapters/memory-hub-bus.ts';
import { createMemoryMeetingLog } from '../src/adapters/memory-meeting-log.ts';
import { createMemoryNoteStore } from '../src/adapters/memory-note-store.ts';
import { createMemoryRateLimiter } from '../src/adapters/memory-rate-limiter.ts';
import { createMemoryStillStore } from '../src/adapters/memory-still-store.ts';
import { createSingleMediaNodes } from '../src/adapters/single-media-nodes.ts';
import { createHub } from '../src/hub.ts';
import type { Communities } from '../src/features/communities/communities.ts';
import type { Calendar } from '../src/features/calendar/calendar.ts';
import type { Privacy } from '../src/features/privacy/privacy.ts';
import type { People } from '../src/features/people/people.ts';
import type { Observing } from '../src/observe/hub-observation.ts';
import type { MeetingLog } from '../src/ports/meeting-log.ts';
import type { NoteStore } from '../src/ports/note-store.ts';
import type { RateLimiter } from '../src/ports/rate-limiter.ts';
import { MemoryGateway } from './memory-gateway.ts';

export const CODE = 'abc-defg-hjk' as MeetingCode;
export const MEETING_ID = 'meeting-1' as MeetingId;
export const SECRET = 'a secret for tests, long enough';
/** What a browser has its media opened with. */
export const MEDIA = {
  rtpCapabilities: ROUTER_CAPABILITIES,
  fingerprints: { send: [someFingerprint], recv: [someFingerprint] },
  maxVideos: 9,
};

/** A hub on memory adapters with one meeting, `CODE`. */
export async function createHubRig(
  options: {
    graceMs?: number;
    log?: MeetingLog;
    notes?: NoteStore;
    exchange?: MemoryHubExchange;
    now?: () => number;
    limiter?: RateLimiter;
    observing?: Observing;
    people?: People;
    privacy?: Privacy;
    communities?: Communities;
    calendar?: Calendar;
  } = {},
) {
  const gateway = new MemoryGateway();
  const log = options.log ?? createMemoryMeetingLog();
  const media = createMemoryMediaNode();
  const stills = createMemoryStillStore();
  const entry = createMemoryEntryStore();
  const notes = options.notes ?? createMemoryNoteStore();
  const hub = createHub({
    gateway,
    log,
    checkReports: createMemoryCheckReports(),
    entry,
    notes,
    // Rates are the limiter's own contract; here they would only stand in the way.
    limiter: options.limiter ?? { ...createMemoryRateLimiter(), take: async () => ({ ok: true }) },
    stills,
    media: createSingleMediaNodes(media),
    bus: (options.exchange ?? new MemoryHubExchange()).connect(),
    settings: {
      secret: SECRET,
      graceMs: options.graceMs ?? 60_000,
      now: options.now ?? Date.now,
    },
    logger: pino({ level: 'silent' }),
    ...(options.observing && { observing: options.observing }),
    ...(options.people && { people: options.people }),
    ...(options.privacy && { privacy: options.privacy }),
    ...(options.communities && { communities: options.communities }),
    ...(options.calendar && { calendar: options.calendar }),
  });
  const created = { type: 'meetingCreated', meetingId: MEETING_ID, code: CODE, title: 'Table', at: 1 };
  await log.create(created as Parameters<MeetingLog['create']>[0]);
  return { hub, gateway, log, media, stills, notes, entry };
}
