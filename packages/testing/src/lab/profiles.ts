/** What happens to packets in one direction, beside the thin place that bandwidth and queue describe. */
export interface Impairment {
  /** Milliseconds that every packet takes. */
  delayMs: number;
  /** Up to so many milliseconds more, evenly spread; the order is kept. */
  jitterMs?: number;
  /** Share of the packets that overtake others: they skip the delay's last `jitterMs` and the order. */
  reordered?: number;
  /** Share of the packets that are lost, 0 to 1. */
  loss?: number;
  /** How many packets in a row a loss takes, on average: 1 is chance alone, more is bursts. */
  lossBurst?: number;
}

/** One direction of a line. */
export interface Direction extends Impairment {
  /** Bits per second of the thin place, the headers of IP and Ethernet counted; undefined: no thin place. */
  bitsPerSecond?: number;
  /** The longest that a packet waits before the thin place, in milliseconds; what would wait longer is dropped. */
  queueMs?: number;
}

export interface LineProfile {
  /** For tables and titles. */
  name: string;
  up: Direction;
  down: Direction;
}

/** As long as the queues of home routers commonly are: "bufferbloat" of some hundred milliseconds (RFC 7567, section 1). */
const DEEP_QUEUE_MS = 500;
const QUEUE_MS = 200;

const both = (direction: Direction) => ({ up: direction, down: direction });

/** A line that nobody complains of: fibre or cable, 50/10 Mbit/s as the CRTC's universal service objective (2016-496). */
export const goodLine: LineProfile = {
  name: 'good line',
  up: { bitsPerSecond: 10_000_000, queueMs: QUEUE_MS, delayMs: 10 },
  down: { bitsPerSecond: 50_000_000, queueMs: QUEUE_MS, delayMs: 10 },
};

/**
 * Country ADSL at the end of a long copper pair: 5 Mbit/s down and 0.5 up (the CRTC's former target of 2011-291 was 5/1; many
 * lines have half of its upload), 40 ms there and back with interleaving, and a modem with a deep queue upwards.
 */
export const ruralAdsl: LineProfile = {
  name: 'rural ADSL 5/0.5 Mbit/s',
  up: { bitsPerSecond: 500_000, queueMs: DEEP_QUEUE_MS, delayMs: 20, jitterMs: 2 },
  down: { bitsPerSecond: 5_000_000, queueMs: QUEUE_MS, delayMs: 20, jitterMs: 2 },
};

/**
 * LTE after the month's data is used up: the operators of Canada go on at 512 kbit/s. 70 ms there and back is WebPageTest's LTE;
 * the radio's scheduling brings jitter, and a base station's queue is deep.
 */
export const cappedLte: LineProfile = {
  name: 'LTE capped at 512 kbit/s',
  ...both({ bitsPerSecond: 512_000, queueMs: DEEP_QUEUE_MS, delayMs: 35, jitterMs: 25, loss: 0.005 }),
};

/** LTE as it is meant to be (WebPageTest: 12 Mbit/s, 70 ms), with the jitter of the radio's scheduling. */
export const lte: LineProfile = {
  name: 'LTE 12 Mbit/s',
  ...both({ bitsPerSecond: 12_000_000, queueMs: QUEUE_MS, delayMs: 35, jitterMs: 15 }),
};

/**
 * A geostationary satellite: light alone takes 240 to 280 ms each way (RFC 2488, section 2), coding and turns on the channel
 * bring it to 600 ms there and back; a common household plan of 10/1 Mbit/s, with the rare loss of rain and snow.
 */
export const satellite: LineProfile = {
  name: 'satellite, 600 ms',
  up: { bitsPerSecond: 1_000_000, queueMs: DEEP_QUEUE_MS, delayMs: 300, jitterMs: 15, loss: 0.01 },
  down: { bitsPerSecond: 10_000_000, queueMs: DEEP_QUEUE_MS, delayMs: 300, jitterMs: 15, loss: 0.01 },
};

/**
 * The wireless network of a conference hall with everybody on it: one packet of ten is lost, in short bursts (collisions and a
 * station that backs off), some overtake others, and the time on the way varies.
 */
export const conferenceWifi: LineProfile = {
  name: 'conference Wi-Fi, 10 % loss in bursts',
  ...both({
    bitsPerSecond: 4_000_000,
    queueMs: QUEUE_MS,
    delayMs: 15,
    jitterMs: 20,
    loss: 0.1,
    lossBurst: 3,
    reordered: 0.01,
  }),
};

/** The same share of loss by chance alone: what forward error correction likes best. */
export const tenPercentLoss: LineProfile = {
  name: '10 % loss',
  ...both({ bitsPerSecond: 4_000_000, queueMs: QUEUE_MS, delayMs: 20, loss: 0.1 }),
};

/** A link that hardly is one: three of ten packets are lost both ways, by chance. */
export const thirtyPercentLoss: LineProfile = {
  name: '30 % loss',
  ...both({ bitsPerSecond: 4_000_000, queueMs: QUEUE_MS, delayMs: 20, loss: 0.3 }),
};

/** 64 kbit/s both ways: what the issue sets for the worst line on which people talk, with the delay of such lines. */
export const sixtyFourKbit: LineProfile = {
  name: '64 kbit/s both ways',
  ...both({ bitsPerSecond: 64_000, queueMs: DEEP_QUEUE_MS, delayMs: 40 }),
};

/** By the names that the bench takes. */
export const PROFILES = {
  good: goodLine,
  adsl: ruralAdsl,
  'lte-capped': cappedLte,
  lte,
  satellite,
  wifi: conferenceWifi,
  loss10: tenPercentLoss,
  loss30: thirtyPercentLoss,
  '64k': sixtyFourKbit,
} as const satisfies Record<string, LineProfile>;
export type ProfileName = keyof typeof PROFILES;
export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];
