import { roomOf, viewFor } from '@relais/domain';
import type { MeetingState, ParticipantId, ProducerId, RequestInput, RoomId } from '@relais/protocol';
import { microphone } from '@relais/testing';
import { expect, vi } from 'vitest';
import { Browser } from './browser.ts';
import { CODE, createHubRig, MEDIA, MEETING_ID, SECRET } from './hub-rig.ts';
import { FacilitatorKeys } from '../src/features/meeting/facilitator-key.ts';

export const GRACE_MS = 60_000;
export const facilitatorKey = new FacilitatorKeys(SECRET).sign(MEETING_ID);

export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
export const idOf = (browser: Browser): ParticipantId => browser.seat!.participantId;
export const where = (browser: Browser) => {
  browser.receive();
  return roomOf(browser.meeting!, idOf(browser));
};
export const post = (browser: Browser, text: string, place?: string) =>
  browser.attempt('chat:post', {
    clientMessageId: `m-${text.replaceAll(/\W/g, '')}`,
    text,
    ...(place && { place }),
  });
/** What one can read without asking, where one is. */
export function read(browser: Browser): string[] {
  const place = where(browser);
  const { messages, breakout } = browser.meeting!;
  return (place === 'plenary' ? messages : (breakout?.talk[place]?.messages ?? [])).map(({ text }) => text);
}

type Open = RequestInput<'breakout:open'>;
/** A round of rooms that these are put in, one by one. */
export const opening = (rooms: Browser[][], more: Partial<Open> = {}): Open => ({
  rooms: rooms.map((_, index) => ({ name: `Salle ${index + 1}` })),
  filling: {
    kind: 'byHand',
    placements: rooms.flatMap((people, room) =>
      people.map((browser) => ({ participantId: idOf(browser), room })),
    ),
  },
  seed: 1,
  withFacilitators: false,
  countdownSeconds: 0,
  minutes: 10,
  late: 'smallest',
  mayChoose: false,
  ...more,
});
export const roomsOf = (browser: Browser): RoomId[] => {
  browser.receive();
  return browser.meeting!.breakout!.round!.rooms.map(({ roomId }) => roomId);
};

export async function meetingOf(...names: string[]) {
  const rig = await createHubRig({ graceMs: GRACE_MS });
  const anim = new Browser(rig.gateway);
  const first = await anim.join(CODE, 'Anim', { facilitatorKey, media: MEDIA });
  const peers = new Map([[anim, first.media!.peerId]]);
  const people: Browser[] = [];
  for (const name of names) {
    const browser = new Browser(rig.gateway);
    const { media } = await browser.join(CODE, name, { media: MEDIA });
    peers.set(browser, media!.peerId);
    people.push(browser);
  }
  const speak = async (browser: Browser) =>
    (
      await browser.call('media:produce', {
        peerId: peers.get(browser)!,
        source: 'microphone',
        kind: 'audio',
        rtpParameters: microphone(),
        paused: false,
      })
    ).producerId;
  const hear = (browser: Browser, ...producerIds: ProducerId[]) =>
    browser.attempt('media:consume', { peerId: peers.get(browser)!, producerIds });
  /** What the media node in truth gives them. */
  const heard = (browser: Browser) =>
    rig.media
      .consumersOf({ roomId: MEETING_ID, peerId: peers.get(browser)! })
      .map(({ producerId }) => producerId);
  return { ...rig, anim, people: people as [Browser, Browser, Browser], speak, hear, heard, peers };
}

/** Everybody's browser made of events what the hub would show of the whole. */
export async function allAgree(log: Awaited<ReturnType<typeof meetingOf>>['log'], browsers: Browser[]) {
  const { evolve } = await import('@relais/domain');
  const stored = await log.read(MEETING_ID, 0, 10_000);
  if (!stored.ok) throw new Error('the log is away');
  const whole = stored.value.reduce<MeetingState | undefined>(evolve, undefined)!;
  for (const browser of browsers) {
    expect(browser.receive(), 'no gap').toBe(false);
    expect(browser.meeting).toEqual(viewFor(whole, idOf(browser)));
  }
}
