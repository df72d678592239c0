import type {
  Absence,
  BudgetSaying,
  DataCap,
  LineLimits,
  LineMode,
  LineReport,
  LineStep,
  Person,
  Saying,
  ScreenForm,
  Used,
} from '@relais/domain';
import type { NotesLink } from '../notes/notes-store.svelte.ts';
import type { CameraHeldBy } from '../line/camera-held.ts';
import type { Box, TileChoice } from '../stage/layout.ts';
import type {
  AnswerValue,
  Breakout,
  Closable,
  Door,
  Fact,
  Help,
  LineQuality,
  MediaSource,
  ParticipantId,
  Place,
  Refusal,
  RequestInput,
  RequestName,
} from '@relais/protocol';
import type { Result } from '@relais/kit';
import type { CallFailure } from '../hub/call-failure.ts';

/**
 * What components see of the stores. The stores (x-store.svelte.ts) implement these with runes; components take
 * them as props and never reach past them.
 */

/** Where this tab stands towards the meeting. */
export type Standing =
  | { kind: 'outside' }
  /** `storeAway`: the server is there, and cannot take anybody in for now; it is tried again. */
  | { kind: 'joining'; storeAway?: true }
  /** At the door [WAIT-2]: `since` in milliseconds since 1970; `isAnimated`: somebody who runs the meeting is there; `isCut`: the socket fell. */
  | { kind: 'waiting'; since: number; isAnimated: boolean; isCut: boolean }
  | { kind: 'joined' }
  /** The socket fell; the seat is held, media may still flow. `since` in milliseconds since 1970. */
  | { kind: 'reconnecting'; since: number; storeAway?: true }
  | { kind: 'refused'; refusal: Refusal }
  /** Who runs the meeting has removed this person [DOOR-3]. */
  | { kind: 'removed' }
  /** The same seat was taken in another tab. */
  | { kind: 'takenOver' }
  | { kind: 'left' };

/** How the meeting was when one's line fell and how it is since one is back; `ms`: how long that took. */
export type AbsenceView = Absence & { ms: number };

export interface MeetingView {
  readonly standing: Standing;
  readonly self: ParticipantId | undefined;
  readonly title: string;
  readonly people: readonly Person[];
  /** Where one is, and who is there, oneself included: with these one speaks [BREAK-2]. */
  readonly here: Place;
  readonly peopleHere: readonly Person[];
  /** One runs the meeting. */
  readonly isFacilitator: boolean;
  /** Who is heard now, with a level from 0 to 1; one's own voice included. */
  readonly speaking: ReadonlyMap<ParticipantId, number>;
  /** Milliseconds that one's seat is held when the line falls; undefined before joining. */
  readonly seatHeldMs: number | undefined;
  /** The last absence, until it is put aside. */
  readonly absence: AbsenceView | undefined;
  dismissAbsence(): void;
  /** Since when somebody is cut off, in milliseconds since 1970, if it was seen here. */
  cutSince(participantId: ParticipantId): number | undefined;
  join(name: string): Promise<void>;
  leave(): Promise<void>;
}

/** Sub-groups, as far as one may know of them [BREAK-12]. */
export interface BreakoutView {
  /** Undefined: there never was anything of the kind. */
  readonly breakout: Breakout | undefined;
  /** The hub's clock now, milliseconds since 1970: what deadlines are counted by. Not reactive. */
  readonly hubNow: number;
  /** [VOICE-5] Who is heard in the other places, for who runs the meeting; told again every two seconds while it is so. */
  onHeardElsewhere(listener: (fact: Fact<'heardElsewhere'>) => void): () => void;
  /** What becomes true arrives by itself; the answer says accepted, or why not. */
  request<N extends BreakoutRequest>(
    name: N,
    payload: RequestInput<N>,
  ): Promise<Result<AnswerValue<N>, CallFailure>>;
  /** What the notes of places need; their store is made when they are asked for. */
  readonly notes: NotesLink;
}

export type BreakoutRequest = Extract<RequestName, `breakout:${string}` | `hand:${string}`>;

/** The door of the meeting, and what who runs it asks of it and of the people inside. */
export interface DoorView {
  /** Undefined: it is open, and nobody is removed. */
  readonly door: Door | undefined;
  /** What becomes true arrives by itself; the answer says accepted, or why not. */
  request<N extends DoorRequest>(
    name: N,
    payload: RequestInput<N>,
  ): Promise<Result<AnswerValue<N>, CallFailure>>;
}

export type DoorRequest = Extract<RequestName, `door:${string}` | `floor:${string}`>;

/** What who runs the meeting did with what one sends [FLOOR-1], or asks of one [FLOOR-3]. */
export type FloorSaying =
  { what: 'closed'; source: Closable; from: string } | { what: 'invited'; from: string };

export interface FloorView {
  /** What is to be said of it, until it is put away. */
  readonly sayings: readonly FloorSaying[];
  dismiss(saying: FloorSaying): void;
}

/** Why a microphone, a camera or a screen could not be had. The catalogue has words and advice for each. */
export type DeviceProblem = 'refused' | 'missing' | 'busy' | 'unsupported' | 'insecure' | 'failed';

export interface DeviceChoice {
  deviceId: string;
  label: string;
}

/** What became of a device by itself, to be said in one sentence; labels are the system's own names. */
export type DeviceNews =
  /** Another is used: it was plugged in, or the chosen one is back. */
  | { device: 'microphone' | 'camera' | 'speaker'; what: 'plugged' | 'back'; now: string }
  /** What was used is gone, and `now` in its place; '': whatever the system uses. */
  | { device: 'microphone' | 'camera' | 'speaker'; what: 'gone'; now: string; was: string }
  /** The system has silenced the microphone: a telephone call, another app, a switch of the device. */
  | { device: 'microphone'; what: 'interrupted' }
  | { device: 'microphone'; what: 'resumed' };

export interface DeviceView {
  /** `on`: a track is open and, in a meeting, sent. `muted`: open, nothing is sent. */
  readonly state: 'off' | 'starting' | 'on' | 'muted';
  /** Open, and silenced by the system: nobody hears or sees anything of it. */
  readonly interrupted: boolean;
  readonly problem: DeviceProblem | undefined;
  readonly choices: readonly DeviceChoice[];
  readonly chosen: string | undefined;
  /** The picture or sound as this browser captures it. */
  readonly track: MediaStreamTrack | undefined;
  choose(deviceId: string): Promise<void>;
  /** Turns it on, or mutes it (microphone), or turns it off (camera). */
  toggle(): Promise<void>;
}

export interface MediaView {
  readonly microphone: DeviceView;
  readonly camera: DeviceView;
  /** Loudspeakers to choose from, where the browser allows it (empty elsewhere). */
  readonly speaker: Pick<DeviceView, 'choices' | 'chosen' | 'choose'>;
  /**
   * Opens microphone and camera with one question from the browser (one getUserMedia). Where one of them is missing or
   * refused, the other opens all the same and the first has its `problem`. Those already open are left as they are.
   */
  openDevices(): Promise<void>;
  /** What last became of a device by itself, until it is put away [PHONE-9]. */
  readonly deviceNews: DeviceNews | undefined;
  dismissDeviceNews(): void;
  /** One's own microphone, from 0 to 1, for the level meter; 0 when nothing is open. */
  readonly level: number;
  /** The line gives one's own camera up: it is closed, and opens again by itself when it was open. */
  readonly cameraHeld: boolean;
  readonly sharing: 'off' | 'starting' | 'on';
  readonly sharingProblem: DeviceProblem | undefined;
  readonly canShare: boolean;
  toggleSharing(): Promise<void>;
  /** The connection for sound and picture, apart from the socket's. */
  readonly connection: 'closed' | 'connecting' | 'connected' | 'interrupted';
  /** The browser waits for a gesture before it plays sound; `resumePlayback` is to be called in one. */
  readonly playbackBlocked: boolean;
  resumePlayback(): void;
  /** The picture received of a person, or one's own; undefined while there is none. */
  videoTrack(
    participantId: ParticipantId,
    source: Extract<MediaSource, 'camera' | 'screen'>,
  ): MediaStreamTrack | undefined;
  /**
   * Whether the picture received of a person stands still, because the line has no room for all [LINE-1].
   */
  isStill(participantId: ParticipantId): boolean;
  /**
   * What is on screen now, said by the stage whenever its layout changes: whose cameras have a tile and how wide it
   * is, in CSS pixels. What is not named is not received.
   */
  show(tiles: ReadonlyMap<ParticipantId, number>): void;
}

/** How many people are on a page of the stage at most [PHONE-1]. */
export interface TilesView {
  readonly choice: TileChoice;
  /** In a window of that size, in CSS pixels. */
  most(window: Box): number;
  choose(choice: TileChoice): void;
}

/** What the line gives up, and light mode [LINE-1] [LINE-2]. */
export interface LineView {
  /** 0: nothing is given up. */
  readonly step: LineStep;
  readonly limits: LineLimits;
  /** In light mode, chosen or for want of a better line. */
  readonly isLight: boolean;
  /**
   * Why one's own picture is not sent: the person chose so, or the cap that they set on data does (the camera is closed), or the
   * line as it is measured (it stays open). Undefined: nothing keeps it.
   */
  readonly cameraHeldBy: CameraHeldBy | undefined;
  /** What the person chose to spend; remembered in this browser. */
  readonly mode: LineMode;
  choose(mode: LineMode): void;
  /** What the line itself gives up, as it is measured. */
  readonly measured: LineLimits;
  /** What the person's limit on data gives up [DATA-4]. */
  readonly capped: LineStep;
  /** How the line is, and the last look at it; undefined before there was one. */
  readonly quality: LineQuality;
  readonly report: LineReport | undefined;
  /** What was last to be said of it; another object each time [LINE-7]. */
  readonly saying: { readonly what: Saying } | undefined;
}

/** What a meeting takes of a data plan, and the limit that the person has set [DATA-1] to [DATA-5]. Bytes. */
export interface BudgetView {
  /** By this device: in this meeting, today, this month. */
  readonly used: Used;
  /** In an hour, as of late; undefined until that can be told. */
  readonly perHour: number | undefined;
  readonly cap: DataCap | undefined;
  /** What counts towards the limit. */
  readonly spent: number;
  /** What was last to be said of the limit; another object each time [DATA-5]. */
  readonly saying: { readonly what: BudgetSaying } | undefined;
  /** How many are there now; undefined while that is not known, and of no use inside. */
  readonly present: number | undefined;
  /** For how many people a meeting is estimated that one is not in yet, oneself included. */
  readonly expected: number;
  expect(people: number): void;
  /** In an hour of this meeting, estimated. */
  costOf(mode: LineMode): number;
  /** None: everything comes back. */
  setCap(cap: DataCap | undefined): void;
  /** Asks again how many are there. */
  lookAhead(): Promise<void>;
}

/** The budget, whose code comes when it is first needed. */
export interface LateBudgetView {
  readonly current: BudgetView | undefined;
  load(): void;
}

/** Suggestions from who runs the meeting to whose line is in trouble [ROLE-3]. */
export interface HelpView {
  /** What is suggested to oneself, until it is taken or put away. */
  readonly offered: { help: Help; from: string } | undefined;
  /** Where one takes part by telephone, if the organisation has such a number. */
  readonly telephone: string | undefined;
  /** One runs the meeting. */
  readonly mayOffer: boolean;
  dismiss(): void;
  /** False: it could not be passed on. */
  offer(participantId: ParticipantId, help: Help): Promise<boolean>;
}

/** One still image of a shared screen. */
export interface StillPicture {
  url: string;
  /** Milliseconds since 1970, by the hub's clock. */
  at: number;
}

/** Shared screens as still images [STILL-3]. */
export interface StillsView {
  /** How somebody's screen is shown now. */
  form(participantId: ParticipantId): ScreenForm;
  /** The last image that is whole. */
  picture(participantId: ParticipantId): StillPicture | undefined;
  /** Whose screen has the place on the stage, if anybody's: no other's images are asked for. */
  show(participantId: ParticipantId | undefined): void;
}

export interface ChatLine {
  /** Stable from pending to posted: `participantId/clientMessageId`. */
  key: string;
  participantId: ParticipantId;
  name: string;
  text: string;
  /** Milliseconds since 1970; the writer's clock while pending. */
  at: number;
  /** `misplaced`: meant for a place that one has left, and posted nowhere [BREAK-22]. */
  state: 'posted' | 'pending' | 'refused' | 'misplaced';
  own: boolean;
  /** Said to whole rooms by who runs the meeting: to which places. */
  announced?: readonly Place[];
  /** Where it was meant to be read, of one that is misplaced; undefined: what that place is called is not known any more. */
  meantFor?: string | undefined;
}

/** An announcement that came while one was there [BREAK-15]. */
export interface Announcement {
  key: string;
  name: string;
  text: string;
  to: readonly Place[];
}

/** What was being written in a place that one has left. */
export interface DraftElsewhere {
  place: Place;
  name: string | undefined;
  text: string;
}

/** The messages, whose code comes after the first picture, or when they are opened. */
export interface LateChatView {
  readonly current: ChatView | undefined;
  /** Messages of others where one is, since one last looked. */
  readonly unread: number;
  readonly isOpen: boolean;
  setOpen(open: boolean): void;
}

/** The messages of one place at a time: where one is, unless another is looked at [BREAK-14]. */
export interface ChatView {
  /** There are, or were, places other than the plenary. */
  readonly hasPlaces: boolean;
  readonly here: Place;
  /** The place whose messages are shown, and those that may be shown: where one is comes first. */
  readonly shown: Place;
  readonly places: readonly Place[];
  show(place: Place): void;
  /** The room's name; undefined for the plenary, and for a room that is not known any more. */
  nameOf(place: Place): string | undefined;
  unreadIn(place: Place): number;
  readonly lines: readonly ChatLine[];
  readonly hasEarlier: boolean;
  readonly loadingEarlier: boolean;
  /** Pending lines wait because the server cannot store them now, though the line to it stands. */
  readonly storeAway: boolean;
  /** The first line that was written during one's absence, until the messages have been looked at. */
  readonly missedKey: string | undefined;
  /** Messages of others where one is, since the panel was last looked at. */
  readonly unread: number;
  /** What is being written where one is; it outlives the panel, and waits while one is elsewhere. */
  readonly draft: { text: string };
  readonly draftElsewhere: DraftElsewhere | undefined;
  /** Goes on with it where one is, or lets it go. */
  takeDraft(): void;
  dropDraft(): void;
  /** Announcements that came while one was there, until they are put away. */
  readonly announcements: readonly Announcement[];
  dismissAnnouncement(key: string): void;
  /** So many lines were meant for a place that one has left. */
  readonly misplaced: number;
  /** Posts where one is what was meant for another place. */
  sendHere(key: string): void;
  /** To be read where one is. Pending until the hub has stored it; survives a dropped connection and a reload. */
  post(text: string): void;
  /** Sends a refused line again. */
  retry(key: string): void;
  discard(key: string): void;
  loadEarlier(): Promise<void>;
}
