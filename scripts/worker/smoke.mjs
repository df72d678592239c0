/**
 * Whether a worker speaks with mediasoup: `node smoke.mjs <mediasoup's folder> <worker>`. It must
 * make a router, listen, make keys and certificates for a transport, and close, without complaint.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, workerBin] = process.argv.slice(2);
const { createWorker } = await import(pathToFileURL(join(folder, 'node', 'lib', 'index.js')).href);

const worker = await createWorker({ workerBin });
const router = await worker.createRouter({
  mediaCodecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90000 },
  ],
});
const listenInfos = ['udp', 'tcp'].map((protocol) => ({ protocol, ip: '127.0.0.1' }));
const webRtcServer = await worker.createWebRtcServer({ listenInfos });
const transport = await router.createWebRtcTransport({ webRtcServer });
assert.ok(transport.dtlsParameters.fingerprints.length > 0);
assert.equal(transport.iceCandidates.length > 0, true);
worker.close();
assert.equal(worker.closed, true);
