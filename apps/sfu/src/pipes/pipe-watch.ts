/** How often what went through is looked at, in milliseconds. */
const SAMPLE_MS = 2000;
/**
 * So many times in a row sound or picture went out and nothing came back: 6 s. The far end reports every 1.5 s at the
 * latest what it has received (RTCP, mediasoup's Transport), also when it receives no more; so a microphone that is muted
 * or sends next to nothing is never taken for a pipe that does not hold.
 */
const UNHEARD_SAMPLES = 3;

/** Bytes since the pipe was opened. */
export interface PipeTraffic {
  /** Sound and picture alone. */
  rtpBytesSent: number;
  /** Of any kind. */
  bytesReceived: number;
}

/** What one end of a pipe hears of the other one. */
export class PipeHearing {
  #last: PipeTraffic = { rtpBytesSent: 0, bytesReceived: 0 };
  #unheard = 0;

  /** False when what is sent is not answered any more. */
  isAnswered(now: PipeTraffic): boolean {
    const [sent, heard] = [
      now.rtpBytesSent > this.#last.rtpBytesSent,
      now.bytesReceived > this.#last.bytesReceived,
    ];
    this.#last = now;
    if (heard) this.#unheard = 0;
    else if (sent) this.#unheard += 1;
    return this.#unheard < UNHEARD_SAMPLES;
  }
}

/** A pipe whose source looks at it. */
interface Watched {
  /** Undefined when nobody can say now. */
  traffic(): Promise<PipeTraffic | undefined>;
  /** Called at every look for as long as nothing comes back. */
  unanswered(): void;
}

/** Notices that a pipe does not hold although the control link does: a firewall, or packets that come from elsewhere. */
export class PipeWatch {
  readonly #pipes = new Map<Watched, PipeHearing>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #looking = false;

  /** Until the returned function is called. */
  add(pipe: Watched): () => void {
    this.#pipes.set(pipe, new PipeHearing());
    this.#timer ??= setInterval(() => void this.#look(), SAMPLE_MS);
    this.#timer.unref();
    return () => {
      this.#pipes.delete(pipe);
      if (this.#pipes.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** A look that takes long is not overtaken by the next one. */
  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    await Promise.all([...this.#pipes].map(([pipe, hearing]) => this.#lookAt(pipe, hearing)));
    this.#looking = false;
  }

  async #lookAt(pipe: Watched, hearing: PipeHearing): Promise<void> {
    const traffic = await pipe.traffic();
    if (traffic && this.#pipes.has(pipe) && !hearing.isAnswered(traffic)) pipe.unanswered();
  }
}
