import { limitsOf, type LineStep } from '../line/limits.ts';
import { addBytes, NO_BYTES, type Bytes } from './traffic.ts';

/** What of a meeting decides what it takes of one's line. */
export interface Company {
  /** Oneself included. */
  people: number;
  /** Pictures of others that have a place on this screen: in their large layer, and in their small one. */
  large: number;
  small: number;
  /** Somebody shares a screen. */
  screen: boolean;
  /** One sends a picture oneself. */
  ownCamera: boolean;
}

/**
 * Bit/s on the line with all headers of what each kind takes. The bounds of the encoders are in apps/web
 * (lib/media/sending-options.ts, send-care.ts); of the layers they are 150 and 600 kbit/s, which a moving face takes whole
 * (Chromium's VP8 fills what it is given), and 50 bytes of RTP, SRTP, UDP and IP on each packet of about 1,000.
 */
const LAYERS = { small: 158_000, large: 630_000 };
/** Somebody who speaks: 32 kbit/s in 50 packets a second, or 14 in 17, and 58 bytes around each (measured: 60 and 23). */
const VOICE = { full: 60_000, frugal: 23_000 };
/**
 * A microphone that is open and silent: DTX sends about three packets in a second (measured in the laboratory: 2.5 to 5). A frugal
 * one sends nothing [LINE-10]; a cough and a chair are left.
 */
const SILENCE = { full: 2_500, frugal: 500 };
/** A page that is read, scrolled now and then: a third of its bound of 1.5 Mbit/s. */
const SCREEN = 500_000;
/** Sixty images in an hour of at most 48 kB [STILL-4]. */
const STILLS = (60 * 48_000 * 8) / 3600;
/**
 * Reports on what came, ICE's questions, the socket's facts: both ways, for a transport that carries pictures, full sound, or frugal
 * sound alone (measured: 2,600 up and 2,200 down).
 */
const CARE = {
  pictures: { up: 14_000, down: 14_000 },
  full: { up: 9_000, down: 9_000 },
  frugal: { up: 3_000, down: 3_000 },
};

/** Of the time, somebody speaks; who, is anybody's turn. */
const SPOKEN = 0.9;
/** Open microphones of others at the same time: the others are muted, or too far down the list to be silent aloud. */
const OPEN_MICROPHONES = 6;

const SECONDS_IN_HOUR = 3600;

/**
 * [DATA-1] Bytes in an hour of this meeting when so much is given up, as far as can be told beforehand: it errs on the side of
 * too many. Pure.
 */
export function hourlyCost(step: LineStep, company: Company): Bytes {
  if (company.people <= 1) return NO_BYTES;
  const rates = [sound(step, company), pictures(step, company), screen(step, company), care(step, company)];
  const { up, down } = rates.reduce(addBytes, NO_BYTES);
  const bytes = (rate: number) => (rate / 8) * SECONDS_IN_HOUR;
  return { up: bytes(up), down: bytes(down) };
}

function sound(step: LineStep, { people }: Company): Bytes {
  const profile = soundOf(step);
  const [voice, silence] = [VOICE[profile], SILENCE[profile]];
  const ownShare = SPOKEN / people;
  const others = Math.min(people - 1, OPEN_MICROPHONES);
  const ofOthers = SPOKEN - ownShare;
  return {
    up: ownShare * voice + (1 - ownShare) * silence,
    down: ofOthers * voice + (others - ofOthers) * silence,
  };
}

/** Somebody in light mode is spared by everybody [LINE-8]. */
const soundOf = (step: LineStep) => (limitsOf(step).screen === 'video' ? 'full' : 'frugal');

function pictures(step: LineStep, { large, small, ownCamera }: Company): Bytes {
  const { thumbnails, topLayer, otherCameras, ownCamera: maySend, ownTopLayer } = limitsOf(step);
  const shown = large + small;
  const moving = !otherCameras ? 0 : thumbnails === 'frozen' ? Math.min(1, shown) : shown;
  const inLarge = topLayer === 0 ? 0 : Math.min(moving, large);
  const own = !ownCamera || !maySend ? 0 : LAYERS.small + (ownTopLayer === 1 ? LAYERS.large : 0);
  return { up: own, down: inLarge * LAYERS.large + (moving - inLarge) * LAYERS.small };
}

function screen(step: LineStep, company: Company): Bytes {
  if (!company.screen) return NO_BYTES;
  const down = { video: SCREEN, stills: STILLS, none: 0 }[limitsOf(step).screen];
  return { up: 0, down };
}

function care(step: LineStep, { large, small, ownCamera, screen: isShared }: Company): Bytes {
  const { otherCameras, ownCamera: maySend, screen: form } = limitsOf(step);
  const hasDown = (otherCameras && large + small > 0) || (isShared && form === 'video');
  const hasUp = ownCamera && maySend;
  return CARE[hasUp || hasDown ? 'pictures' : soundOf(step)];
}
