/**
 * The bounds of what may cross a socket or an HTTP body. Free of zod, so that the browser can import them
 * without paying for it.
 */

/** Bumped whenever a schema in this package changes; protocol.test.ts holds the hash that says so. */
export const PROTOCOL_VERSION = 6;

/** Characters (UTF-16 code units) in one message. */
export const MESSAGE_MAX_LENGTH = 4000;
/** Characters in the name that a person gives on joining. */
export const NAME_MAX_LENGTH = 60;
/** Characters in a meeting's title. */
export const TITLE_MAX_LENGTH = 120;
/** Messages that a snapshot carries; older ones are asked for with `chat:history`. */
export const RECENT_MESSAGES = 200;
/** Messages in one answer to `chat:history`. */
export const HISTORY_PAGE = 100;
/** Seats in one meeting: what one router was found to carry is far less when every camera is on. */
export const MEETING_MAX_SEATS = 300;
/** Seats of one meeting that a browser keeps in mind, and people whom a meeting keeps removed: the newest. */
export const FORMER_SEATS = 20;
export const REMOVED_MAX = 300;
/** People who wait before one meeting, and of whom it keeps that they were not let in: the newest. */
export const WAITING_MAX = 200;
export const REFUSED_MAX = 100;
/** Seats that come back past a waiting room, the newest: each person of a full meeting, and as many who came and went. */
export const KNOWN_MAX = 600;
/** Characters of what somebody is told who is not let in. */
export const REFUSAL_WORD_MAX_LENGTH = 200;
/** Milliseconds after which somebody who was not let in may ask again. */
export const ASK_AGAIN_MS = 60_000;
/** Producers that one participant may hold at once: microphone, camera, screen and the screen's sound. */
export const MAX_PRODUCERS = 4;
/** Ids in one media request. */
export const MAX_IDS = 128;

/** Bytes of one still image of a shared screen: readable text takes 25 to 60 kB. */
export const STILL_MAX_BYTES = 64 * 1024;
/** Bytes of it in one piece, so that nothing has to wait long behind one. */
export const STILL_PIECE_MAX_BYTES = 16 * 1024;

/** Letters of a meeting's code: none that are mistaken for another when read aloud or written by hand. */
export const CODE_LETTERS = 'abcdefghjkmnpqrstuvwxyz';
export const CODE_PATTERN = /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/;

/** Bytes of one download and of one upload of the connection check: both directions stay under 2 MB of a data plan. */
export const CHECK_MAX_DOWN_BYTES = 800_000;
export const CHECK_MAX_UP_BYTES = 400_000;
/** Days that a result stays which somebody told the animator [CHECK-6]. */
export const CHECK_KEPT_DAYS = 7;

/** Rooms of sub-groups in one round, and in one plan. */
export const BREAKOUT_MAX_ROOMS = 50;
/** Plans of rooms that one meeting keeps. */
export const BREAKOUT_MAX_PLANS = 20;
/** Bytes of one plan that is saved over HTTP: 50 rooms, all that they can say in full and 300 people take about half. */
export const PLAN_MAX_BYTES = 256 * 1024;
/** Rounds whose rooms a meeting knows by name, the newest; the log has all. */
export const BREAKOUT_PAST_ROUNDS = 20;
/** Characters in a room's instructions, and in the address of its document. */
export const INSTRUCTIONS_MAX_LENGTH = 500;
export const DOCUMENT_URL_MAX_LENGTH = 500;
/** Characters of one entry in a room's list of people: a name or an email address. */
export const LISTED_MAX_LENGTH = 120;
/** Characters in the reason for which a room asks for help, and in the organisation or group of a person. */
export const REASON_MAX_LENGTH = 300;
export const LABEL_MAX_LENGTH = 60;
/** Seconds that a round may be announced before it begins. */
export const COUNTDOWN_MAX_SECONDS = 60;
/** Minutes of a round. */
export const ROUND_MAX_MINUTES = 480;
/** Messages of each room that the state of a meeting holds; older ones are asked for with `chat:history`. */
export const RECENT_ROOM_MESSAGES = 50;

/** Characters (UTF-16 code units) in the notes of one place: some sixty pages. */
export const NOTE_MAX_LENGTH = 200_000;
/** Bytes of one change of notes as it is sent: what was written in an absence goes in several. */
export const NOTE_UPDATE_MAX_BYTES = 48 * 1024;
/** Bytes that say which changes somebody has: about eight for each page that ever wrote there. */
export const NOTE_VECTOR_MAX_BYTES = 32 * 1024;
/** Characters of the last line of notes, as the animator's board has it. */
export const NOTE_LAST_LINE_MAX_LENGTH = 120;
