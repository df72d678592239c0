import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeId } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { linkTo } from '../test-support/served.ts';
import { until } from '../test-support/until.ts';
import type { LinkChange, NodeLink } from './index.ts';

const PROCESS = fileURLToPath(new URL('../test-support/node-process.ts', import.meta.url));

let child: ChildProcess;
let link: NodeLink;
let changes: LinkChange[];

beforeEach(async () => {
  child = fork(PROCESS, { execArgv: [] });
  const said = await new Promise((resolve) => child.once('message', resolve));
  const { url, ...node } = z.object({ nodeId, url: z.string() }).parse(said);
  link = linkTo({ node, url });
  changes = [];
  link.onChange((change) => changes.push(change));
  await link.whenUp();
}, 30_000);
afterEach(async () => {
  child.kill('SIGKILL');
  await link.close();
});

/** Milliseconds from the blow until the link is lost; printed, not asserted. */
async function untilLost(blow: NodeJS.Signals): Promise<void> {
  const startedAt = performance.now();
  child.kill(blow);
  await until(link, () => link.state === 'lost');
  console.info(`${blow}: the link was lost within ${Math.round(performance.now() - startedAt)} ms`);
}

describe('The process of a node', () => {
  test('that is killed is lost because nothing listens any more, not because time has passed', async () => {
    await untilLost('SIGKILL');
    expect(link.failure).toBe('refused');
    expect(changes).toEqual(['up', 'broken', 'lost']);
  });

  test('that is stopped, and keeps its connections, is lost by its silence', async () => {
    await untilLost('SIGSTOP');
    expect(link.failure).toBe('unreachable');
    expect(changes).toEqual(['up', 'broken', 'lost']);
  }, 15_000);
});
