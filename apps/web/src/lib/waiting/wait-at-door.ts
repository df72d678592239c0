import type { Fact, Refusal } from '@relais/protocol';
import { isPassing, retryDelay, type CallFailure } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';
import { guestTokenFor } from '../meeting/guest-token.ts';
import type { AtDoor, MeetingKeeper } from '../meeting/membership.ts';
import type { SeatMemory } from '../meeting/seat-memory.ts';
import type { MediaView, MeetingView, Standing } from '../meeting/view-model.ts';
import { takeWaiting } from './waiting-memory.ts';

interface Asked extends AtDoor {
  hub: HubClient;
  code: string;
  seats: SeatMemory;
  keeper: Pick<MeetingKeeper, 'move' | 'standing'>;
}

type Told = Fact<'waitingTold'> | 'cut';

/** Meetings whose refusal this page has shown: who knows that they were refused asks once more. */
const refusedAt = new Set<string>();
/** Ends the waiting of this page, if it waits. */
let stop: () => void = () => undefined;

/** [WAIT-2] Waits until one may come in, is refused, or waits no more. */
export async function waitAtDoor(asked: Asked): Promise<void> {
  const { hub, code, keeper } = asked;
  const isOver = () => isElsewhere(keeper.standing);
  stop = () => {
    keeper.move({ type: 'waits', standing: { kind: 'outside' } });
    void hub.request('door:stopWaiting', {});
  };
  const offTaken = hub.on('seatTakenOver', () =>
    keeper.move({ type: 'waits', standing: { kind: 'takenOver' } }),
  );
  try {
    const refusal = await waited(asked, refusedAt.delete(code));
    if (isOver()) return;
    if (!refusal) return void asked.enter();
    if (refusal.kind === 'refusedEntry') refusedAt.add(code);
    keeper.move({ type: 'joinRefused', refusal });
  } finally {
    offTaken();
  }
}

export const stopWaiting = () => stop();

/** Undefined when one may come in, or why not; the place is taken up again after each fall of the socket [WAIT-6]. */
async function waited(asked: Asked, knows: boolean): Promise<Refusal | undefined> {
  const { hub, code, name, seats, keeper } = asked;
  const isOver = () => isElsewhere(keeper.standing);
  let again = knows;
  for (let failures = 0; !isOver();) {
    await untilConnected(hub);
    const ear = listen(hub);
    try {
      const seat = await seats.find(name);
      if (isOver()) return undefined;
      const guestToken = guestTokenFor(code);
      const answer = await hub.request('door:wait', {
        code,
        name,
        ...(seat && { seat }),
        formerSeats: seats.former(),
        ...(guestToken && { guestToken }),
        ...(again && { again }),
      });
      if (isOver()) return undefined;
      if (!answer.ok) {
        const refusal = await afterFailure(asked, answer.error, again, failures);
        if (refusal) return refusal;
        failures += 1;
        continue;
      }
      failures = 0;
      again = false;
      const { entry, waitedMs, isAnimated } = answer.value;
      seats.save(answer.value.seat, name);
      if (entry === 'admitted') return undefined;
      const since = Date.now() - waitedMs;
      const told = (isAnimated: boolean, isCut = false) =>
        keeper.move({ type: 'waits', standing: { kind: 'waiting', since, isAnimated, isCut } });
      told(isAnimated);
      for (;;) {
        const news = await ear.next();
        if (isOver()) return undefined;
        if (news === 'cut') {
          told(isAnimated, true);
          break;
        }
        if (news.entry === 'admitted') return undefined;
        if (news.entry === 'refused') {
          return { kind: 'refusedEntry', ...(news.word !== undefined && { word: news.word }) };
        }
        // The place was lost while nothing was heard of this page: it asks for another.
        if (news.entry === 'ended') break;
        told(news.isAnimated);
      }
    } finally {
      ear.close();
    }
  }
  return undefined;
}

/** One has stopped waiting, or waits in another page. */
const isElsewhere = ({ kind }: Standing) =>
  kind !== 'joining' && kind !== 'waiting' && kind !== 'reconnecting';

/** What a failure asks for before the next attempt; a refusal that none would change. */
async function afterFailure({ hub, seats }: Asked, failure: CallFailure, again: boolean, failures: number) {
  if (failure.kind === 'seatUnknown') seats.forget();
  else if (failure.kind === 'alreadyJoined') hub.reconnect();
  else if (failure.kind !== 'noAnswer' && (!isPassing(failure) || (again && failure.kind === 'tooMany')))
    return failure;
  else await new Promise((resolve) => setTimeout(resolve, retryDelay(failure, failures, Math.random())));
  return undefined;
}

/** What is told from now on, in its order; `cut`: the socket fell. */
function listen(hub: HubClient): { next(): Promise<Told>; close(): void } {
  const told: Told[] = [];
  let wake = () => undefined as void;
  const take = (one: Told) => {
    told.push(one);
    wake();
  };
  const offs = [
    hub.on('waitingTold', take),
    hub.onConnection((connected) => {
      if (!connected) take('cut');
    }),
  ];
  return {
    async next() {
      for (;;) {
        const first = told.shift();
        if (first) return first;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    close: () => {
      for (const off of offs) off();
    },
  };
}

function untilConnected(hub: HubClient): Promise<void> {
  return new Promise((resolve) => {
    const off = hub.onConnection((connected) => {
      if (!connected) return;
      resolve();
      // Called at once when it stands already, before there is anything to take off.
      queueMicrotask(() => off());
    });
  });
}

/** [WAIT-6] Goes on waiting on a page that was loaded anew, with the devices as they were. */
export function waitOn({
  code,
  meeting,
  media,
}: {
  code: string;
  meeting: Pick<MeetingView, 'join'>;
  media: Pick<MediaView, 'openDevices' | 'microphone' | 'camera'>;
}): void {
  const waited = takeWaiting(code);
  if (!waited) return;
  if (waited.microphone && waited.camera) void media.openDevices();
  else if (waited.microphone) void media.microphone.toggle();
  else if (waited.camera) void media.camera.toggle();
  void meeting.join(waited.name);
}
