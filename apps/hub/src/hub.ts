import { meetingId, type MeetingCode } from '@relais/protocol';
import { Router } from 'express';
import type { Logger } from 'pino';
import { BreakoutClock } from './features/breakout/breakout-clock.ts';
import { breakoutHandlers } from './features/breakout/breakout.handlers.ts';
import { PlansService } from './features/breakout/plans.service.ts';
import { BreakoutService } from './features/breakout/breakout.service.ts';
import { chatHandlers } from './features/chat/chat.handlers.ts';
import { ChatService } from './features/chat/chat.service.ts';
import { helpHandlers } from './features/help/help.handlers.ts';
import { checkHandlers } from './features/check/check.handlers.ts';
import { CheckReportsService } from './features/check/check-reports.service.ts';
import { CheckService } from './features/check/check.service.ts';
import { doorHandlers } from './features/door/door.handlers.ts';
import { floorHandlers } from './features/floor/floor.handlers.ts';
import { EntrySettingsService } from './features/entry/entry-settings.service.ts';
import { EntryService } from './features/entry/entry.service.ts';
import { GuestTokens } from './features/entry/guest-tokens.ts';
import { FloorService } from './features/floor/floor.service.ts';
import { lineHandlers } from './features/line/line.handlers.ts';
import { createMediaFacts } from './features/media/media-facts.ts';
import { mediaHandlers } from './features/media/media.handlers.ts';
import { MediaService, type TurnServers } from './features/media/media.service.ts';
import { FacilitatorKeys } from './features/meeting/facilitator-key.ts';
import type { LiveMeeting } from './features/meeting/live-meeting.ts';
import { MeetingDirectory } from './features/meeting/meeting-directory.ts';
import { MeetingRegistry } from './features/meeting/meeting-registry.ts';
import { meetingHandlers } from './features/meeting/meeting.handlers.ts';
import { MeetingService } from './features/meeting/meeting.service.ts';
import { presentAmong } from './features/meeting/present.ts';
import { SeatTokens } from './features/meeting/seat-token.ts';
import { Seats } from './features/meeting/seats.ts';
import { notesHandlers } from './features/notes/notes.handlers.ts';
import { NotesService } from './features/notes/notes.service.ts';
import type { Communities } from './features/communities/communities.ts';
import type { Calendar } from './features/calendar/calendar.ts';
import type { Privacy } from './features/privacy/privacy.ts';
import type { People } from './features/people/people.ts';
import { WaitingRoom } from './features/waiting/waiting-room.ts';
import { waitingHandlers } from './features/waiting/waiting.handlers.ts';
import { stillHandlers } from './features/stills/still.handlers.ts';
import { StillService } from './features/stills/still.service.ts';
import { voiceHandlers } from './features/voice/voice.handlers.ts';
import { VoiceService } from './features/voice/voice.service.ts';
import { createPresence } from './features/presence/presence.ts';
import { Neighbours } from './features/presence/neighbours.ts';
import { createApi } from './http/api.ts';
import { createHealth } from './http/health.ts';
import { observeHub, type Observing } from './observe/hub-observation.ts';
import { measuredHubBus } from './observe/measured-bus.ts';
import { measuredMeetingLog } from './observe/measured-log.ts';
import { measuredRoute } from './observe/measured-route.ts';
import { NO_ACCOUNTS, type Accounts } from './ports/accounts.ts';
import type { CheckReports } from './ports/check-reports.ts';
import type { EntryStore } from './ports/entry-store.ts';
import type { HubBus } from './ports/hub-bus.ts';
import type { MediaNodes } from './ports/media-nodes.ts';
import type { MeetingLog } from './ports/meeting-log.ts';
import type { NoteStore } from './ports/note-store.ts';
import type { RateLimiter } from './ports/rate-limiter.ts';
import type { StillStore } from './ports/still-store.ts';
import type { Gateway } from './socket/gateway.ts';
import type { Handlers } from './socket/handlers.ts';
import { createRoute } from './socket/route.ts';

export interface HubDeps {
  /** Where sockets come in: `createGateway` over an HTTP server, or a test's own. */
  gateway: Gateway;
  log: MeetingLog;
  /** What people agreed to tell the animator of their connection checks. */
  checkReports: CheckReports;
  /** Notes of places. */
  notes: NoteStore;
  limiter: RateLimiter;
  /** Still images of shared screens. */
  stills: StillStore;
  /** Accounts, closed by who made them; without it there are none, and meetings all the same. */
  people?: People;
  /** Who may enter which meeting. */
  entry: EntryStore;
  /** As meetings see them; left out: those of `people`. */
  accounts?: Accounts;
  /** Communities of those who have accounts, closed by who made them. */
  communities?: Communities;
  /** Personal information, closed by who made it. */
  privacy?: Privacy;
  /** Meetings that have a date, over accounts; closed by who made it. */
  calendar?: Calendar;
  media: MediaNodes;
  /** To the other hubs, if there are any. */
  bus: HubBus;
  settings: HubSettings;
  logger: Logger;
  /** Without it nothing is measured, and there is neither /metrics nor an admin page. */
  observing?: Observing;
}

export interface HubSettings {
  /** Signs seat tokens; the same on every hub, and kept over restarts. */
  secret: string;
  /** Milliseconds that a seat is held for somebody whose network was cut. */
  graceMs: number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Known to the pages' server alone, whose word on the client's address is then taken. */
  internalToken?: string;
  turn?: TurnServers;
  /** Where people take part by telephone, as it is to be shown. */
  telephone?: string;
}

export interface Hub {
  /** `/api`, `/healthz` and `/readyz`. */
  router: Router;
  /**
   * Sends every socket to another hub, a few at a time; seats and media are kept for them. `ms`: how long that may take.
   * Without another hub it does nothing.
   */
  drain(ms: number): Promise<void>;
  /** Closes every socket; seats stay in the log for the next run. */
  close(): Promise<void>;
}

/** A code that cannot be drawn (it has letters that `CODE_LETTERS` leaves out): asking for it asks the log. */
const NO_MEETING = 'lll-llll-lll' as MeetingCode;

/** What could not be heard or read is looked for this often. */
const POLL_MS = 1000;

/** The composition root of the hub, used by the product and by tests. */
export function createHub(deps: HubDeps): Hub {
  const { gateway, limiter, media, settings, logger, observing } = deps;
  const log = observing ? measuredMeetingLog(deps.log, observing.metrics) : deps.log;
  const bus = observing ? measuredHubBus(deps.bus, observing.metrics) : deps.bus;
  const { now, graceMs, secret, internalToken, turn } = settings;
  const facilitatorKeys = new FacilitatorKeys(secret);
  const accounts = deps.accounts ?? deps.people?.accounts ?? NO_ACCOUNTS;
  const directory = new MeetingDirectory({
    log,
    keys: facilitatorKeys,
    // Of a meeting that nobody of this hub is in, the other hubs have said who is.
    presentIn: (id) => presentAmong(registry.get(id)?.everybody ?? neighbours.of(id).values()),
    doorIn: (id) => {
      const meeting = registry.get(id);
      const { locked = false, waitingRoom } = meeting?.state.door ?? {};
      return meeting && { locked, waiting: waitingRoom?.mode ?? 'off' };
    },
    mayKnow: (id, whoAsks) => entry.mayKnow(id, whoAsks),
    now,
    logger,
  });
  const { fanOut } = gateway;
  const neighbours = new Neighbours({ bus, clock: () => performance.now(), logger });
  const mediaService = new MediaService(media, turn);
  const seats = new Seats({
    graceMs,
    now,
    neighbours,
    logger,
    closeMedia: (meeting, occupant) => mediaService.close(meeting, occupant),
    reopenMedia: (meeting, occupant) => mediaService.lose(meeting, occupant),
    onLeft: (meeting) => registry.releaseIfEmpty(meeting),
  });
  const registry = new MeetingRegistry({
    log,
    fanOut,
    neighbours,
    onHushed: (meeting, participantId) => {
      mediaService.hush(meeting, participantId);
      voice.hushed(meeting, participantId);
    },
    onStillOver: (key, isReplaced) => stills.over(key, isReplaced),
    onOpened: (meeting) => clock.look(meeting),
    onReleased: (meeting) => {
      clock.release(meeting);
      notes.release(meeting);
    },
    onHappened: (meeting, before) => {
      mediaService.part(meeting, before);
      voice.happened(meeting, before);
      clock.look(meeting);
      waiting.happened(meeting);
    },
    onSeated: (meeting) => seats.holdUnoccupied(meeting),
    onRemoved: (meeting, participantIds) => seats.remove(meeting, participantIds),
    onUnseated: (meeting, participantIds) => seats.unseated(meeting, participantIds),
  });
  const voice = new VoiceService(now);
  const clock = new BreakoutClock({ now, accounts, logger });
  const stills = new StillService({ store: deps.stills, limiter, now, logger });
  const notes = new NotesService({ store: deps.notes, neighbours, secret, now, logger });
  const floor = new FloorService(mediaService);
  const tokens = new SeatTokens(secret);
  const guestTokens = new GuestTokens(secret);
  const entry = new EntryService({
    store: deps.entry,
    tokens: guestTokens,
    roleIn: deps.communities?.roleIn,
    now,
  });
  const waiting = new WaitingRoom({ registry, tokens, accounts, entry, neighbours, now, logger });
  const meetings = new MeetingService({
    registry,
    seats,
    tokens,
    facilitatorKeys,
    accounts,
    entry,
    telephone: settings.telephone,
    media: mediaService,
    now,
    logger,
  });
  const checks = new CheckService(media, turn);
  const checkReports = new CheckReportsService({
    reports: deps.checkReports,
    log,
    roleBy: (meetingId, key) => facilitatorKeys.roleBy(meetingId, key),
    now,
    logger,
  });
  const plans = new PlansService({
    log,
    registry,
    roleBy: (meetingId, key) => facilitatorKeys.roleBy(meetingId, key),
    now,
  });
  const entrySettings = new EntrySettingsService({
    store: deps.entry,
    tokens: guestTokens,
    log,
    roleBy: (meetingId, key) => facilitatorKeys.roleBy(meetingId, key),
    now,
  });
  const handlers: Handlers = {
    ...meetingHandlers(meetings, limiter),
    ...chatHandlers(new ChatService({ log, now }), limiter),
    ...mediaHandlers(mediaService),
    ...lineHandlers(),
    ...helpHandlers(limiter, settings.telephone),
    ...stillHandlers(stills),
    ...notesHandlers(notes, limiter),
    ...doorHandlers(limiter, now),
    ...waitingHandlers(waiting, limiter),
    ...floorHandlers(floor, limiter),
    ...breakoutHandlers(new BreakoutService({ now, accounts }), limiter),
    ...voiceHandlers(voice, limiter),
    ...checkHandlers(checks, limiter),
  };
  const unsubscribe = media.subscribe(
    createMediaFacts({ registry, service: mediaService, nodes: media, fanOut, logger }),
  );
  const logIsUp = async () => (await log.findByCode(NO_MEETING)).ok;
  const observation =
    observing &&
    observeHub({
      registry,
      neighbours,
      observing,
      limiter,
      register: deps.privacy?.register,
      state: { sockets: () => gateway.size, mediaNodes: () => media.size, logIsUp },
      internalToken,
    });
  const overview = () => observation?.overview();
  const keepToRooms = (meeting: LiveMeeting) => {
    for (const occupant of meeting.occupants.values())
      if (!occupant.connection) void mediaService.keepToRoom(meeting, occupant);
  };
  const presence = createPresence({
    registry,
    seats,
    neighbours,
    notes,
    floor,
    waiting,
    overview,
    keepToRooms,
    logger,
  });
  neighbours.start(presence);
  // [CAL-11] Those who have come early see the new title, on whichever hub they are.
  deps.calendar?.onRenamed(({ meetingId, events }) => {
    registry.get(meetingId)?.aggregate.hear(events);
    neighbours.tellEvents(meetingId, events);
  });
  deps.privacy?.start((id) => {
    const meeting = meetingId.safeParse(id);
    return (
      meeting.success && (registry.get(meeting.data) !== undefined || neighbours.of(meeting.data).size > 0)
    );
  });
  const poll = setInterval(() => presence.look(), POLL_MS);
  poll.unref();
  const route = createRoute({ handlers, registry, logger });
  gateway.start({
    route: observing ? measuredRoute(route, observing.metrics) : route,
    onDisconnected: (connection, onPurpose) => {
      checks.close(connection);
      waiting.disconnected(connection, onPurpose);
      meetings.disconnected(connection, onPurpose);
    },
    now,
    logger,
  });
  const router = Router();
  let draining = false;
  router.use(
    createHealth(
      {
        log: logIsUp,
        media: () => media.isReady(),
      },
      () => draining,
    ),
  );
  if (observation) router.use(observation.router);
  router.use(
    '/api',
    createApi({
      directory,
      limiter,
      logger,
      internalToken,
      reports: checkReports,
      plans,
      entry: entrySettings,
      accounts,
      meetings,
      people: deps.people,
      communities: deps.communities,
      privacy: deps.privacy,
      calendar: deps.calendar,
    }),
  );

  return {
    router,
    drain: async (ms) => {
      draining = true;
      if (neighbours.hubIds.length > 0) await gateway.drain(ms, () => seats.close(registry.all()));
    },
    close: async () => {
      draining = true;
      unsubscribe();
      clearInterval(poll);
      stills.close();
      notes.close();
      clock.close();
      voice.close();
      waiting.close();
      checkReports.close();
      checks.closeAll();
      seats.close(registry.all());
      await gateway.close();
      neighbours.leave();
    },
  };
}
