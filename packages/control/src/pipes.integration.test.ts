import { openPeerRequest, microphone } from '@relais/testing';
import { producerId, type OpenPipe, type PipeFact } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestLine } from '../test-support/line.ts';
import { somewhere } from '../test-support/memory-pipes.ts';
import { aNode, linkTo, serveNode, type Served } from '../test-support/served.ts';
import { until } from '../test-support/until.ts';
import type { LinkChange, NodeLink } from './index.ts';
import { MAX_WAITING_FACTS } from './limits.ts';

let served: Served;
let line: TestLine;
let sink: ReturnType<typeof aNode>;
let link: NodeLink;
let facts: PipeFact[];
let changes: LinkChange[];
const sound = producerId.parse('sound');
const done = () => vi.waitFor(() => expect(served.control.callers()).toEqual([]), { timeout: 10_000 });

beforeEach(async () => {
  served = await serveNode();
  served.node.pipes.producers.set(sound, {
    producerId: sound,
    kind: 'audio',
    rtpParameters: microphone(),
    paused: false,
  });
  line = await TestLine.to(served.port);
  sink = aNode();
  link = linkTo({ ...served, url: line.url }, { caller: sink });
  facts = [];
  changes = [];
  link.subscribePipes((fact) => facts.push(fact));
  link.onChange((change) => changes.push(change));
  await link.whenUp();
});
afterEach(async () => {
  await link.close();
  await line.close();
  await served.close();
});

const pipe = (pipeId: string, sinkId = sink.id): OpenPipe => ({
  pipeId,
  roomId: 'room',
  routerId: 'router',
  sinkId,
  sink: somewhere,
});
const open = () => [...served.node.pipes.open.keys()];

describe('Pipes over a control link', () => {
  test('are opened, taken from, and closed', async () => {
    expect(await link.locate('room', [sound, producerId.parse('other')])).toEqual({
      ok: true,
      value: [{ producerId: sound, routerId: 'router' }],
    });
    expect(await link.openPipe(pipe('a'))).toEqual({ ok: true, value: somewhere });
    expect(await link.takeProducer('a', sound)).toMatchObject({ ok: true, value: { kind: 'audio' } });
    expect(await link.wantProducer('a', sound, 0)).toEqual({ ok: true, value: undefined });
    expect(await link.wantProducer('a', sound, null)).toEqual({ ok: true, value: undefined });
    expect(served.node.pipes.wanted).toEqual(['a sound 0', 'a sound null']);
    await link.letProducerGo('a', sound);
    expect(served.node.pipes.letGo).toEqual(['a sound']);
    await link.closePipe('a');
    expect(open()).toEqual([]);
  });

  test('are the business of the node that opened them alone', async () => {
    const other = linkTo(served, { caller: aNode() });
    const heard = vi.fn();
    other.subscribePipes(heard);
    await link.openPipe(pipe('a'));
    expect(await other.takeProducer('a', sound)).toEqual({
      ok: false,
      error: { kind: 'unknownId', id: 'a' },
    });
    expect(await other.openPipe(pipe('a', sink.id))).toMatchObject({ ok: false });
    expect(await other.wantProducer('a', sound, null)).toEqual({
      ok: false,
      error: { kind: 'unknownId', id: 'a' },
    });
    await other.letProducerGo('a', sound);
    await other.closePipe('a');
    served.node.pipes.tell({ type: 'pipedProducerClosed', pipeId: 'a', producerId: sound });
    await Promise.all([link.locate('room', [sound]), other.locate('room', [sound])]);
    expect([open(), served.node.pipes.letGo, served.node.pipes.wanted]).toEqual([['a'], [], []]);
    expect(facts).toEqual([{ type: 'pipedProducerClosed', pipeId: 'a', producerId: sound }]);
    expect(heard).not.toHaveBeenCalled();
    await other.close();
  });

  test('a node drives no peers, and is refused as unavailable', async () => {
    expect(await link.openPeer(openPeerRequest('room', 'ada'))).toMatchObject({ ok: false });
    expect(served.node.peers()).toEqual([]);
  });

  test('stand over a break of the line, and what happened meanwhile is told in order', async () => {
    await link.openPipe(pipe('a'));
    await link.openPipe(pipe('b'));
    line.cut();
    const paused: PipeFact = { type: 'pipedProducerPaused', pipeId: 'a', producerId: sound, paused: true };
    const closed: PipeFact = { type: 'pipedProducerClosed', pipeId: 'a', producerId: sound };
    served.node.pipes.tell(paused);
    served.node.pipes.tell(closed);
    served.node.pipes.tell({ type: 'pipeClosed', pipeId: 'b' });
    await until(link, () => link.state === 'broken');
    line.mend();
    await until(link, () => changes.includes('resumed'));
    await link.locate('room', [sound]);
    expect(facts.filter((fact) => fact.pipeId === 'a')).toEqual([paused, closed]);
    expect(facts).toContainEqual({ type: 'pipeClosed', pipeId: 'b' });
    expect(open()).toContain('a');
  }, 15_000);

  test('close when their sink is gone', async () => {
    await link.openPipe(pipe('a'));
    await link.close();
    await done();
    expect(open()).toEqual(['a']);
    await vi.waitFor(() => expect(open()).toEqual([]), { timeout: 10_000 });
  });

  test('of a sink that does not listen are given up, and it is told when it does', async () => {
    await link.openPipe(pipe('a'));
    line.cut();
    for (let count = 0; count <= MAX_WAITING_FACTS; count += 1) {
      served.node.pipes.tell({ type: 'pipedProducerPaused', pipeId: 'a', producerId: sound, paused: true });
    }
    expect(open()).toEqual([]);
    await until(link, () => link.state === 'broken');
    line.mend();
    await until(link, () => changes.includes('resumed'));
    expect(facts).toEqual([{ type: 'pipeClosed', pipeId: 'a' }]);
  }, 15_000);

  test('that were opened while the answer was lost are closed again', async () => {
    const { pipes } = served.node;
    const openPipe = pipes.openPipe.bind(pipes);
    vi.spyOn(pipes, 'openPipe').mockImplementationOnce(async (request) => {
      const opened = await openPipe(request);
      line.reset();
      return opened;
    });
    expect(await link.openPipe(pipe('a'))).toEqual({ ok: false, error: { kind: 'unavailable' } });
    await vi.waitFor(() => expect(open()).toEqual([]), { timeout: 10_000 });
    expect(link.state).toBe('up');
  });
});

test('A message beyond the bound ends the line before it is read; the link comes back', async () => {
  const hub = linkTo({ ...served, url: line.url });
  await hub.whenUp();
  const seen: LinkChange[] = [];
  hub.onChange((change) => seen.push(change));
  const missing = vi.spyOn(served.node, 'missing');
  const request = { ...openPeerRequest('room', 'ada'), roomId: 'x'.repeat(2 * 1024 * 1024) };
  expect(await hub.openPeer(request)).toEqual({ ok: false, error: { kind: 'unavailable' } });
  await until(hub, () => seen.includes('resumed'));
  expect(missing).not.toHaveBeenCalled();
  expect(await hub.isReady()).toBe(true);
  await hub.close();
}, 15_000);
