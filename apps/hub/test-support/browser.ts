import { advance, advanceLive } from '@relais/domain';
import type {
  AnswerValue,
  LiveSnapshot,
  MeetingCode,
  MeetingState,
  RequestInput,
  RequestName,
  Refusal,
  Seat,
} from '@relais/protocol';
import { PROTOCOL_VERSION } from '@relais/protocol';
import type { MemoryConnection, MemoryGateway } from './memory-gateway.ts';

/** Thrown when the hub refuses and the test did not expect it. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(JSON.stringify(refusal));
    this.refusal = refusal;
  }
}

/** A browser as far as the protocol goes: it keeps a meeting from events, and asks for what it missed. */
export class Browser {
  connection: MemoryConnection | undefined;
  meeting: MeetingState | undefined;
  live: LiveSnapshot | undefined;
  seat: Seat | undefined;
  /** Told that its media is gone. */
  mediaLost = false;
  readonly #gateway: MemoryGateway;

  constructor(gateway: MemoryGateway) {
    this.#gateway = gateway;
  }

  async join(code: MeetingCode, name: string, extra: Partial<RequestInput<'meeting:join'>> = {}) {
    this.connection ??= this.#gateway.connect();
    const value = await this.call('meeting:join', {
      protocolVersion: PROTOCOL_VERSION,
      code,
      name,
      ...(this.seat && { seat: this.seat }),
      ...(this.meeting && { sinceVersion: this.meeting.version }),
      ...extra,
    });
    this.seat = value.seat;
    this.#take(value);
    return value;
  }

  async call<N extends RequestName>(name: N, payload: RequestInput<N>): Promise<AnswerValue<N>> {
    if (!this.connection) throw new Error('not connected');
    const answer = await this.connection.call(name, payload);
    if (!answer.ok) throw new Refused(answer.refusal);
    return answer.value as AnswerValue<N>;
  }

  /** The refusal's kind, or 'accepted'. */
  async attempt<N extends RequestName>(name: N, payload: RequestInput<N>): Promise<string> {
    const answer = await (this.connection ??= this.#gateway.connect()).call(name, payload);
    return answer.ok ? 'accepted' : answer.refusal.kind;
  }

  cut(onPurpose = false): void {
    this.connection?.cut(onPurpose);
    this.connection = undefined;
  }

  /** Takes up to `count` facts that have arrived; true when something was missed. */
  receive(count = Infinity): boolean {
    let gap = false;
    for (const { name, fact } of this.connection?.inbox.splice(0, count) ?? []) {
      if (name === 'meetingEvents' && this.meeting) {
        const next = advance(this.meeting, fact.events);
        this.meeting = next.meeting;
        gap ||= next.gap;
      } else if (name === 'liveChanged' && this.live) {
        const next = advanceLive(this.live, fact);
        this.live = next.live;
        gap ||= next.gap;
      } else if (name === 'mediaLost') this.mediaLost = true;
    }
    return gap;
  }

  async catchUp(): Promise<void> {
    this.#take(await this.call('meeting:catchUp', { sinceVersion: this.meeting?.version ?? 0 }));
  }

  #take(value: AnswerValue<'meeting:catchUp'>): void {
    if (value.meeting) this.meeting = value.meeting;
    else if (this.meeting && value.events) this.meeting = advance(this.meeting, value.events).meeting;
    this.live = value.live;
  }
}
