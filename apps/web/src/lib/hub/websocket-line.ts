import {
  GREETING,
  LEAVING,
  PONG,
  readBody,
  readFrame,
  writeRequest,
  type Binary,
  type Frame,
} from './frames.ts';
import { SOCKET_PATH, type Line, type LineEvents } from './line.ts';

/** Milliseconds until the hub says how long it may be silent: nobody waits as long for a line to open. */
const FIRST_SILENCE = 20_000;

export function openWebSocketLine(origin: string, events: LineEvents): Line {
  const url = new URL(`${SOCKET_PATH}?EIO=4&transport=websocket`, origin);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const { passed } = events;
  passed.openings += 1;
  const answers = new Map<number, (value: unknown) => void>();
  let lastId = 0;
  let isOver = false;
  let silenceMs = FIRST_SILENCE;
  let silence = setTimeout(fall, silenceMs);
  /** A message whose binary parts are still on their way. */
  let begun: { frame: Frame & { parts: number }; parts: Binary[] } | undefined;

  socket.onclose = fall;
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    count('down', data);
    clearTimeout(silence);
    silence = setTimeout(fall, silenceMs);
    const frame = typeof data === 'string' ? readable(() => readFrame(data)) : takePart(data);
    if (frame) takeFrame(frame);
  };

  /** Letters are counted for bytes: those with accents are two. */
  function count(way: 'up' | 'down', data: string | Binary): void {
    passed.frames[way] += 1;
    passed.bytes[way] += typeof data === 'string' ? data.length : data.byteLength;
  }

  function send(data: string | Binary): void {
    count('up', data);
    socket.send(data as string);
  }

  /** Nothing after what cannot be read can be trusted to be in its place: the line is given up. */
  function readable<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      console.error('hub: what came over the socket cannot be read', error);
      fall();
      return undefined;
    }
  }

  function takeFrame(frame: Frame): void {
    switch (frame.kind) {
      case 'open':
        silenceMs = frame.silenceMs;
        return send(GREETING);
      case 'ping':
        return send(PONG);
      case 'greeted':
        return events.opened();
      case 'dismissed':
        return fall();
      case 'event':
      case 'answer':
        if (frame.parts === 0) return handOver(frame, []);
        begun = { frame, parts: [] };
        return;
      case 'other':
    }
  }

  function takePart(part: ArrayBuffer): undefined {
    if (!begun) return;
    begun.parts.push(part);
    if (begun.parts.length < begun.frame.parts) return;
    const { frame, parts } = begun;
    begun = undefined;
    handOver(frame, parts);
  }

  function handOver(frame: Frame, parts: readonly Binary[]): void {
    if (frame.kind !== 'event' && frame.kind !== 'answer') return;
    const body = readable(() => readBody(frame.body, parts));
    if (!body) return;
    if (frame.kind === 'event') return events.told(String(body[0]), body[1]);
    const answered = answers.get(frame.id);
    answers.delete(frame.id);
    answered?.(body[0]);
  }

  function end(): void {
    isOver = true;
    clearTimeout(silence);
    socket.onclose = socket.onmessage = null;
    socket.close();
  }

  function fall(): void {
    if (isOver) return;
    end();
    events.closed();
  }

  return {
    ask(name, payload, answered) {
      const id = (lastId += 1);
      answers.set(id, answered);
      for (const frame of writeRequest(id, name, payload)) send(frame);
      return () => answers.delete(id);
    },
    leave() {
      if (isOver) return;
      if (socket.readyState === WebSocket.OPEN) send(LEAVING);
      end();
    },
    drop: end,
  };
}
