import { PROTOCOL_VERSION } from '@relais/protocol/limits';
import { io } from 'socket.io-client';

/** Somebody who runs the meeting without a page: for tests in which how rooms are opened is not what is tested. */
export async function rawAnimator(
  url: string,
  { code, facilitatorKey }: { code: string; facilitatorKey: string },
) {
  const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  type Answer = { ok: boolean; value: Record<string, unknown>; refusal?: unknown };
  const call = async (name: string, payload: unknown): Promise<Answer['value']> => {
    const answer = (await socket.timeout(15_000).emitWithAck(name, payload)) as Answer;
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`);
    return answer.value;
  };
  await call('meeting:join', { protocolVersion: PROTOCOL_VERSION, code, name: 'Aide', facilitatorKey });
  return { call, close: () => socket.disconnect() };
}

/** A meeting, with the key of who runs it. */
export async function createRunMeeting(url: string): Promise<{ code: string; facilitatorKey: string }> {
  const response = await fetch(`${url}/api/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Table de concertation' }),
  });
  return ((await response.json()) as { value: { code: string; facilitatorKey: string } }).value;
}

/** A round of rooms, each with the people named, beginning at once. */
export const roundOf = (rooms: readonly (readonly string[])[]) => ({
  rooms: rooms.map((people, i) => ({ name: `Salle ${i + 1}`, people })),
  filling: { kind: 'byHand', placements: [] },
  seed: 1,
  withFacilitators: false,
  countdownSeconds: 0,
  minutes: 10,
  late: 'smallest',
  mayChoose: false,
});
