import type { MeetingState } from '@relais/protocol';
import type { LateChatView } from '../meeting/view-model.ts';
import type { ChatStore, ChatStoreDeps } from './chat-store.svelte.ts';

/** The messages, whose code comes later: until then the meeting holds what is written. */
export class LateChat implements LateChatView {
  #store = $state.raw<ChatStore>();
  #isOpen = $state(false);
  #loading: Promise<void> | undefined;
  #isClosed = false;
  #meeting: MeetingState | undefined;
  /** What was said before one came is no news to be counted. */
  #began: number | undefined;
  readonly #deps: Omit<ChatStoreDeps, 'began'>;

  constructor(deps: Omit<ChatStoreDeps, 'began'>) {
    this.#deps = deps;
  }

  get current() {
    return this.#store;
  }
  get unread() {
    return this.#store?.unread ?? 0;
  }
  get isOpen() {
    return this.#isOpen;
  }

  setOpen(open: boolean): void {
    this.#isOpen = open;
    this.#store?.setOpen(open);
    if (open) this.load();
  }

  load(): void {
    this.#loading ??= import('./chat-store.svelte.ts').then(
      ({ ChatStore }) => {
        if (this.#isClosed) return;
        const store = new ChatStore({ ...this.#deps, began: this.#began });
        if (this.#meeting) store.meetingChanged(this.#meeting, true);
        store.setOpen(this.#isOpen);
        this.#store = store;
        store.joined();
      },
      (error: unknown) => {
        this.#loading = undefined;
        console.error('chat: its code did not load', error);
      },
    );
  }

  meetingChanged(meeting: MeetingState, isSnapshot: boolean): void {
    this.#began ??= meeting.version;
    this.#meeting = meeting;
    this.#store?.meetingChanged(meeting, isSnapshot);
  }

  cameBack(version: number): void {
    this.#store?.cameBack(version);
  }

  joined(): void {
    this.#store?.joined();
  }

  close(): void {
    this.#isClosed = true;
    this.#store?.close();
  }
}
