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
  const answers = new Map<number, (value: unknown) => void>();
  let lastId = 0;
  let isOver = false;
  let silenceMs = FIRST_SILENCE;
  let silence = setTimeout(fall, silenceMs);
  /** A message whose binary parts are still on their way. */
  let begun: { frame: Frame & { parts: number }; parts: Binary[] } | undefined;

  socket.onclose = fall;
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    clearTimeout(silence);
    silence = setTimeout(fall, silenceMs);
    if (typeof data === 'string') takeFrame(readFrame(data));
    else takePart(data);
  };

  function takeFrame(frame: Frame): void {
    switch (frame.kind) {
      case 'open':
        silenceMs = frame.silenceMs;
        return socket.send(GREETING);
      case 'ping':
        return socket.send(PONG);
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

  function takePart(part: ArrayBuffer): void {
    if (!begun) return;
    begun.parts.push(part);
    if (begun.parts.length < begun.frame.parts) return;
    const { frame, parts } = begun;
    begun = undefined;
    handOver(frame, parts);
  }

  function handOver(frame: Frame, parts: readonly Binary[]): void {
    if (frame.kind === 'event') {
      const [name, fact] = readBody(frame.body, parts);
      events.told(String(name), fact);
    } else if (frame.kind === 'answer') {
      answers.get(frame.id)?.(readBody(frame.body, parts)[0]);
      answers.delete(frame.id);
    }
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
      answers.set((lastId += 1), answered);
      for (const frame of writeRequest(lastId, name, payload)) socket.send(frame as string);
    },
    leave() {
      if (isOver) return;
      if (socket.readyState === WebSocket.OPEN) socket.send(LEAVING);
      end();
    },
    drop: end,
  };
}
