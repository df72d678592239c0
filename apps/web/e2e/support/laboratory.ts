import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@relais/testing/free-port';
import { Laboratory } from '@relais/testing/lab/laboratory';
import { createMeetingAt } from './meetings.ts';
import { ServerProcess } from './server-process.ts';

/** The product in a laboratory of networks, reached from this machine and by whoever is on one of its lines. */
export interface LabProduct {
  laboratory: Laboratory;
  url: string;
  /** What a browser must be started with: it gives camera and microphone to safe origins only. */
  args: readonly string[];
  createMeeting(): Promise<string>;
  close(): Promise<void>;
}

export async function openLaboratory(): Promise<LabProduct> {
  await using stack = new AsyncDisposableStack();
  const laboratory = await Laboratory.create();
  stack.defer(() => laboratory.close());
  const dataDir = await mkdtemp(join(tmpdir(), 'relais-e2e-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const { address, prefix } = laboratory.server;
  const port = await freePort();
  const server = new ServerProcess({
    prefix,
    env: {
      PORT: String(port),
      HOST: address,
      RELAIS_DATA_DIR: dataDir,
      RELAIS_MEDIA_PORT: '0',
      RELAIS_MEDIA_ADDRESS: address,
      RELAIS_MEDIA_WORKERS: '1',
    },
  });
  stack.defer(() => server.terminate());
  await server.up();
  const url = `http://${address}:${port}`;
  const all = stack.move();
  return {
    laboratory,
    url,
    args: [`--unsafely-treat-insecure-origin-as-secure=${url}`],
    createMeeting: () => createMeetingAt(url),
    close: () => all.disposeAsync(),
  };
}
