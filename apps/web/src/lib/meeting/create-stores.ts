import { roomOf } from '@relais/domain';
import type { ParticipantId } from '@relais/protocol';
import { LateBudget } from '../budget/late-budget.svelte.ts';
import { LateChat } from '../chat/late-chat.svelte.ts';
import { FloorStore } from '../floor/floor-store.svelte.ts';
import { HelpStore } from '../help/help-store.svelte.ts';
import { isInside } from '../hub/connection-state.ts';
import { createHubClient } from '../hub/hub-client.ts';
import { watchAway } from '../hub/watch-away.ts';
import { isPageThin } from '../line/first-look.ts';
import { createLineMemory, isCareOff } from '../line/line-memory.ts';
import { LineStore } from '../line/line-store.svelte.ts';
import { createLineTeller } from '../line/line-teller.ts';
import { browserSavesData, createModeMemory } from '../line/mode-memory.ts';
import { loadDevice } from '../media/load-device.ts';
import { createMediaSession } from '../media/media-session.ts';
import { MediaStore } from '../media/media-store.svelte.ts';
import { StillsStore } from '../stills/stills-store.svelte.ts';
import { TilesStore } from '../stage/tiles-store.svelte.ts';
import { attempt } from '../storage.ts';
import { didWait } from '../preview/permissions.ts';
import type * as WaitAtDoor from '../waiting/wait-at-door.ts';
import { createLateLeaving } from './late-leaving.ts';
import { createLineWatch } from './line-watch.ts';
import { createLogFollower, type Whole } from './log-follower.ts';
import { MeetingStore } from './meeting-store.svelte.ts';
import { createMembership } from './membership.ts';
import { watchPage } from './page-life.ts';
import { createSeatMemory, takeSeatLock } from './seat-memory.ts';
import { createLineSparing } from './spare-line.ts';
import type {
  BreakoutView,
  DoorView,
  FloorView,
  HelpView,
  LateBudgetView,
  LateChatView,
  LineView,
  MediaView,
  MeetingView,
  Standing,
  StillsView,
  TilesView,
} from './view-model.ts';

export interface MeetingStores {
  meeting: MeetingView;
  media: MediaView;
  chat: LateChatView;
  line: LineView;
  stills: StillsView;
  help: HelpView;
  budget: LateBudgetView;
  tiles: TilesView;
  breakout: BreakoutView;
  door: DoorView;
  floor: FloorView;
  /** Gives the seat up and lets go of every device. */
  close(): void;
}

/** Where nothing of a meeting is left to this page. */
const OUT = new Set<Standing['kind']>(['left', 'takenOver', 'removed']);

/**
 * The stores of one meeting, put together; they know each other only through what is given here. In a browser the
 * socket connects and the media code is fetched at once, so that joining is one question and its answer [MEDIA-6].
 */
export function createMeetingStores({ code, title }: { code: string; title: string }): MeetingStores {
  const isBrowser = typeof window !== 'undefined';
  const storage = isBrowser ? attempt(() => sessionStorage) : undefined;
  const hub = createHubClient({ line: () => sparing.lineNow() });
  const kept = isBrowser ? attempt(() => localStorage) : undefined;
  const line: LineStore = new LineStore({
    remembered: createModeMemory(kept, isBrowser && browserSavesData()),
    changed: () => {
      sparing.apply();
      teller.look();
      stills.look();
    },
  });
  const tiles = new TilesStore(kept);
  const meeting: MeetingStore = new MeetingStore(title, {
    join: (name) => membership.join(name),
    leave: () => membership.leave(),
    moved: (standing) => moved(standing),
    ownLevel: () => (media.microphone.state === 'on' ? media.level : 0),
  });
  const help = new HelpStore({
    hub,
    mayOffer: () => meeting.isFacilitator,
  });
  const breakout: BreakoutView = {
    get breakout() {
      return meeting.breakout;
    },
    get hubNow() {
      return meeting.hubNow;
    },
    onHeardElsewhere: (listener) => hub.on('heardElsewhere', listener),
    request: (name, payload) => hub.request(name, payload),
    notes: { code, storage, hub },
  };
  const door: DoorView = {
    get door() {
      return meeting.meeting?.door;
    },
    request: (name, payload) => hub.request(name, payload),
  };
  const media: MediaStore = new MediaStore({
    self: () => meeting.self,
    send: (source, outgoing) => session.send(source, outgoing),
    speakerChanged: () => session.speakerChanged(),
    show(shown) {
      shownTiles = shown;
      session.show(shown);
    },
  });
  const floor = new FloorStore((source) => media.shut(source));
  const chat = new LateChat({
    hub,
    self: () => meeting.self,
    isJoined: () => meeting.standing.kind === 'joined',
    ownName: () => meeting.people.find(({ participantId }) => participantId === meeting.self)?.name ?? '',
    code,
    storage,
  });
  const session = createMediaSession({
    hub,
    loadDevice,
    sight: () => sightOf(meeting),
    limits: () => line.limits,
    firstVideos: () => firstVideos(tiles),
    isSpeakerUsual: () => media.isSpeakerUsual,
    onTracks: (tracks) => media.received(tracks),
    onConnection(connection) {
      media.connectionChanged(connection);
      watch.mediaMoved(connection);
    },
  });
  const watch = createLineWatch({
    hub,
    restartMedia: () => session.networkChanged(),
    line: () => sparing.lineNow(),
  });
  const sparing = createLineSparing({
    isCaring: isBrowser && !isCareOff(kept),
    memory: createLineMemory(
      kept,
      () => Date.now(),
      () => isPageThin(performance.getEntries()),
    ),
    meeting,
    media,
    session,
    line,
    watch,
  });
  const follower = createLogFollower({
    hub,
    known: meeting,
    isJoined: () => meeting.standing.kind === 'joined',
    changed: (isSnapshot) => {
      if (meeting.meeting) chat.meetingChanged(meeting.meeting, isSnapshot);
      session.meetingChanged();
      sparing.spare();
      teller.look();
      stills.look();
    },
  });
  const teller = createLineTeller({
    hub,
    own: () => ({ line: line.quality, light: line.isLight }),
    told: () =>
      meeting.standing.kind === 'joined' && meeting.self ? meeting.live?.state[meeting.self] : undefined,
  });
  const stills: StillsStore = new StillsStore({
    hub,
    self: () => meeting.self,
    live: () => (meeting.standing.kind === 'joined' ? meeting.live?.state : undefined),
    limits: () => line.limits,
    screen: () => media.ownScreen,
    load: () => import('../stills/still-work.ts'),
  });
  const seats = createSeatMemory({
    code,
    tab: storage,
    browser: kept,
    take: (id) => takeSeatLock(isBrowser ? navigator.locks : undefined, id),
  });
  const leavings = createLateLeaving(kept, () => seats.load());
  const membership = createMembership({
    hub,
    code,
    seats,
    leavings,
    media: session,
    waitAtDoor: (asked) => atDoor((door) => door.waitAtDoor({ ...asked, hub, code, seats, keeper: meeting })),
    keeper: {
      get standing() {
        return meeting.standing;
      },
      get version() {
        return meeting.version;
      },
      move: (fact) => meeting.move(fact),
      seated(seat, { telephone, seatHeldMs }) {
        meeting.seated(seat, seatHeldMs);
        help.telephoneIs(telephone);
      },
      apply: (whole) => takeBack(whole),
    },
  });

  let shownTiles: ReadonlyMap<ParticipantId, number> = new Map();
  const budget = new LateBudget({
    code,
    storage: kept,
    flows: () => session.flows(),
    socket: () => hub.passed,
    sight: () => {
      const { self, live } = meeting;
      return self && live && { self, live: live.state, tiles: shownTiles, ownCamera: media.wantsCamera };
    },
    chosen: () => line.chosen,
    hold: (step) => line.hold('cap', step),
  });

  /** [BACK-3] What was missed is what lies between the meeting as it was known and as it is. */
  function takeBack(whole: Whole): void {
    const { standing, meeting: before, self } = meeting;
    follower.apply(whole);
    const { meeting: after, live } = meeting;
    if (standing.kind !== 'reconnecting' || !before || !after || !live || !self) return;
    meeting.cameBack({ self, before, after, live: live.state, ms: Date.now() - standing.since });
    chat.cameBack(before.version);
  }

  function moved(standing: Standing): void {
    if (standing.kind === 'joined') {
      chat.joined();
      teller.look();
      leavings.load();
      // One after the other: sound has just begun, and the line may be thin.
      const watching = sparing.watch();
      media.follow(watching);
      void watching.then(() => {
        chat.load();
        budget.load();
      });
    }
    stills.look();
    if (!OUT.has(standing.kind)) return;
    session.stop();
    media.release();
  }

  const offs = [
    watchAway(hub, (now) => sparing.away(now)),
    hub.on('meetingEvents', ({ events }) => follower.events(events)),
    hub.on('liveChanged', (change) => follower.liveFact(change)),
    hub.on('helpOffered', (fact) => help.helpOffered(fact)),
    hub.on('sendingClosed', (fact) => floor.closed(fact)),
    hub.on('invitedToSpeak', (fact) => floor.invited(fact)),
    hub.on('speakersChanged', ({ speakers }) => {
      const before = meeting.speaker;
      meeting.speakersChanged(speakers);
      // The one picture that moves is theirs.
      if (meeting.speaker !== before && line.limits.thumbnails === 'frozen') session.meetingChanged();
    }),
  ];

  /** What is needed by who waits alone; without it they are before the door. */
  function atDoor(use: (code: typeof WaitAtDoor) => unknown): void {
    import('../waiting/wait-at-door.ts').then(use, () =>
      meeting.move({ type: 'joinRefused', refusal: { kind: 'mustWait' } }),
    );
  }

  sparing.begin();
  if (isBrowser) {
    hub.connect();
    // [WAIT-6] This page was loaded anew while one waited.
    if (didWait()) atDoor((door) => door.waitOn({ code, meeting, media }));
    whenIdle(() => void session.offer());
    offs.push(
      watchPage({
        // The packet that tells of leaving is handed to the browser before the page is gone.
        hidden() {
          const seat = seats.load();
          if (!hub.connected && seat && isInside(meeting.standing)) leavings.lastWord(code, seat);
          hub.disconnect();
        },
        shown: () => hub.connect(),
        networkChanged: () => watch.networkChanged(),
        doubted: () => watch.doubt(),
      }),
    );
  }

  return {
    meeting,
    media,
    chat,
    line,
    stills,
    help,
    budget,
    tiles,
    breakout,
    door,
    floor,
    close() {
      for (const off of offs.splice(0)) off();
      budget.close();
      teller.close();
      watch.close();
      stills.close();
      membership.close();
      leavings.close();
      session.close();
      media.close();
      chat.close();
      sparing.close();
      meeting.close();
      hub.disconnect();
    },
  };
}

function sightOf({ self, meeting, live, speaker }: MeetingStore) {
  if (!self || !meeting || !live) return undefined;
  // [BREAK-3] What those send who are in another room is not to be had.
  const here = roomOf(meeting, self);
  const participantIds: ParticipantId[] = meeting.participants
    .map(({ participantId }) => participantId)
    .filter((participantId) => roomOf(meeting, participantId) === here);
  const mayMove = meeting.breakout?.round !== undefined;
  return { self, participantIds, mayMove, live: live.state, speaker };
}

/** The first page has one's own tile too. Of a wide window not all: the stage asks for what it has room for. */
const firstVideos = (tiles: TilesView) =>
  Math.min(16, tiles.most({ width: innerWidth, height: innerHeight }) - 1);

/** After what the page has to draw first; Safari has no requestIdleCallback. */
function whenIdle(task: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(task, { timeout: 1000 });
  else setTimeout(task, 200);
}
