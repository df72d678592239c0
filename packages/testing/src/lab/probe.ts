/** One thing received or sent, as the browser counts it; totals since it began. */
export interface ReceivedSound {
  /** Whose it is: the participant's id. */
  from: string;
  id: string;
  packets: number;
  lost: number;
  bytes: number;
  /** Samples played, of those the concealed ones, and of those again the ones that stand for silence. */
  samples: number;
  concealed: number;
  silentConcealed: number;
  /** Grows with loudness. */
  energy: number;
  fecPackets: number;
  /** Seconds that the samples played waited in the jitter buffer, and how many there were. */
  waited: number;
  emitted: number;
}

export interface ReceivedPicture {
  from: string;
  id: string;
  packets: number;
  lost: number;
  bytes: number;
  frames: number;
  width: number;
  freezes: number;
  frozenS: number;
  keyFramesAsked: number;
}

export interface Sent {
  id: string;
  kind: string;
  rid: string;
  packets: number;
  bytes: number;
  resentBytes: number;
  frames: number;
  width: number;
  targetBps: number;
  /** What the other end last said that it lost, 0 to 1. */
  lossToldByOther: number;
  /** The encoder's layer is on. */
  active: boolean;
  limitedBy: string;
}

/** One connection's way. */
export interface Way {
  rttMs: number;
  /** What the browser believes that it can send. */
  availableOutBps: number;
  sentBytes: number;
  receivedBytes: number;
}

export interface Sample {
  /** Milliseconds since 1970. */
  at: number;
  sounds: ReceivedSound[];
  pictures: ReceivedPicture[];
  sent: Sent[];
  ways: Way[];
}

export interface Probe {
  /** Of the page, be they made in a page within it. */
  readonly connections: RTCPeerConnection[];
  /** Whose a track is, by its id. */
  readonly owners: Map<string, string>;
  /** What was noted since the last taking, oldest first. */
  take(): Sample[];
  /** Looks every so many milliseconds from now on; 0 stops. */
  watch(everyMs: number): void;
}

declare global {
  interface Window {
    labProbe: Probe;
  }
}

/**
 * To be run in the page before anything of its own: collects its connections and notes what their statistics say. It only
 * listens. Serialised into the page: it can use nothing from outside.
 */
export function installProbe(): void {
  /** Kept when nobody takes them. */
  const MOST_SAMPLES = 2000;
  /** The page that this one is within. */
  const parent = window.parent === window ? undefined : (window.parent as Window & typeof globalThis);
  const above = parent?.labProbe;
  const connections = above?.connections ?? [];
  const owners = above?.owners ?? new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let every = 0;
  let samples: Sample[] = [];
  const probe: Probe = above ?? {
    connections,
    owners,
    take() {
      const taken = samples;
      samples = [];
      return taken;
    },
    watch(everyMs) {
      clearTimeout(timer);
      every = everyMs;
      if (every > 0) void look();
    },
  };
  window.labProbe = probe;

  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      // One that asks for addresses is of a page that goes again.
      if (parent && !(this instanceof parent.RTCPeerConnection)) return;
      connections.push(this);
      this.addEventListener('track', ({ track, streams }) => {
        owners.set(track.id, (streams[0]?.id ?? '').replace(/-(person|screen)$/, ''));
      });
    }
  };

  type Report = Record<string, unknown>;
  const count = (value: unknown) => (typeof value === 'number' ? value : 0);
  const text = (value: unknown) => (typeof value === 'string' ? value : '');

  async function look(): Promise<void> {
    const sample: Sample = { at: Date.now(), sounds: [], pictures: [], sent: [], ways: [] };
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      const reports = (await connection.getStats()) as unknown as Map<string, Report>;
      for (const report of reports.values()) note(sample, report, reports);
    }
    samples = [...samples.slice(-MOST_SAMPLES), sample];
    if (every > 0) timer = setTimeout(() => void look(), every);
  }

  function note(sample: Sample, report: Report, reports: Map<string, Report>): void {
    if (report['type'] === 'inbound-rtp' && report['kind'] === 'audio') sample.sounds.push(soundOf(report));
    else if (report['type'] === 'inbound-rtp') sample.pictures.push(pictureOf(report));
    else if (report['type'] === 'outbound-rtp') sample.sent.push(sentOf(report, reports));
    else if (report['type'] === 'transport') {
      const pair = reports.get(text(report['selectedCandidatePairId']));
      if (pair) sample.ways.push(wayOf(pair));
    }
  }

  const received = (report: Report) => ({
    from: owners.get(text(report['trackIdentifier'])) ?? '',
    id: text(report['trackIdentifier']),
    packets: count(report['packetsReceived']),
    lost: count(report['packetsLost']),
    bytes: count(report['bytesReceived']) + count(report['headerBytesReceived']),
  });

  const soundOf = (report: Report): ReceivedSound => ({
    ...received(report),
    samples: count(report['totalSamplesReceived']),
    concealed: count(report['concealedSamples']),
    silentConcealed: count(report['silentConcealedSamples']),
    energy: count(report['totalAudioEnergy']),
    fecPackets: count(report['fecPacketsReceived']),
    waited: count(report['jitterBufferDelay']),
    emitted: count(report['jitterBufferEmittedCount']),
  });

  const pictureOf = (report: Report): ReceivedPicture => ({
    ...received(report),
    frames: count(report['framesDecoded']),
    width: count(report['frameWidth']),
    freezes: count(report['freezeCount']),
    frozenS: count(report['totalFreezesDuration']),
    keyFramesAsked: count(report['pliCount']),
  });

  const sentOf = (report: Report, reports: Map<string, Report>): Sent => ({
    id: text(report['id']),
    kind: text(report['kind']),
    rid: text(report['rid']),
    packets: count(report['packetsSent']),
    bytes: count(report['bytesSent']) + count(report['headerBytesSent']),
    resentBytes: count(report['retransmittedBytesSent']),
    frames: count(report['framesEncoded']),
    width: count(report['frameWidth']),
    targetBps: count(report['targetBitrate']),
    lossToldByOther: count(reports.get(text(report['remoteId']))?.['fractionLost']),
    active: report['active'] === true,
    limitedBy: text(report['qualityLimitationReason']),
  });

  const wayOf = (pair: Report): Way => ({
    rttMs: count(pair['currentRoundTripTime']) * 1000,
    availableOutBps: count(pair['availableOutgoingBitrate']),
    sentBytes: count(pair['bytesSent']),
    receivedBytes: count(pair['bytesReceived']),
  });
}
