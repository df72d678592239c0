import type { ParticipantId } from '@relais/protocol';
import type { Attachment } from 'svelte/attachments';
import { EdgeScroll } from './edge-scroll.ts';

/** Pixels that a mouse moves before it drags, and a finger may move before it scrolls. */
const SLACK = 6;
/** Milliseconds that a finger rests before it drags: shorter it would scroll. */
const REST_MS = 350;

/** People who are being dragged, in the window's pixels, and the place they are over. */
export interface Dragging<P extends string> {
  people: ParticipantId[];
  x: number;
  y: number;
  over: P | undefined;
}

/** `P`: what names a place in `data-place`. */
export interface DragDeps<P extends string> {
  /** Who goes along with this person. */
  carried(participantId: ParticipantId): ParticipantId[];
  /** Undefined: nothing is dragged any more. */
  shown(drag: Dragging<P> | undefined): void;
  dropped(people: readonly ParticipantId[], place: P): void;
  /** What scrolls by itself while somebody is held at its edge. */
  scrolls(): HTMLElement | null | undefined;
}

/**
 * [BREAK-26] People are dragged from card to card, by mouse, pen or a finger that rests first. Of our own, by pointer events:
 * libraries that sort lists own the lists (here the hub does, and others move people meanwhile) and carry one thing at a
 * time, and the browser's own dragging knows no finger. The keyboard has commands of its own.
 */
export function dragPeople<P extends string>(deps: DragDeps<P>): Attachment<HTMLElement> {
  return (board) => {
    let grip: { id: number; person: ParticipantId; x: number; y: number } | undefined;
    let people: ParticipantId[] | undefined;
    let at = { x: 0, y: 0 };
    let over: P | undefined;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let frame: number | undefined;
    const page = new AbortController();
    const { signal } = page;

    function end() {
      clearTimeout(rest);
      if (frame !== undefined) cancelAnimationFrame(frame);
      const wasDragging = people !== undefined;
      [grip, people, frame] = [undefined, undefined, undefined];
      if (wasDragging) deps.shown(undefined);
    }

    function begin() {
      if (!grip) return;
      people = deps.carried(grip.person);
      show();
      const edge = new EdgeScroll(grip.y);
      const follow = (now: number) => {
        const list = deps.scrolls();
        if (list) list.scrollTop += edge.step(at.y, list.getBoundingClientRect(), now);
        // Cards grow, shrink and scroll under a pointer that rests: what it is over is looked up again.
        if (placeAt<P>(board, at) !== over) show();
        frame = requestAnimationFrame(follow);
      };
      frame = requestAnimationFrame(follow);
    }

    function show() {
      over = placeAt<P>(board, at);
      if (people) deps.shown({ people, ...at, over });
    }

    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      handle: (event: HTMLElementEventMap[K]) => void,
      options: AddEventListenerOptions = {},
    ) => board.addEventListener(type, handle, { ...options, signal });

    on('pointerdown', (event) => {
      if (!event.isPrimary || event.button !== 0 || !(event.target instanceof Element)) return;
      const row = event.target.closest<HTMLElement>('[data-person]');
      const person = row?.dataset['person'] as ParticipantId | undefined;
      if (!row || !person || event.target.closest('button, [popover], input, select')) return;
      grip = { id: event.pointerId, person, x: event.clientX, y: event.clientY };
      at = { x: event.clientX, y: event.clientY };
      if (event.pointerType === 'touch') rest = setTimeout(begin, REST_MS);
    });
    // Outside of the board as well; what a finger scrolls is no dragging.
    const moved = (event: PointerEvent) => {
      if (!grip || event.pointerId !== grip.id) return;
      at = { x: event.clientX, y: event.clientY };
      if (people) return show();
      if (Math.hypot(at.x - grip.x, at.y - grip.y) < SLACK) return;
      if (event.pointerType === 'touch') end();
      else begin();
    };
    const released = (event: PointerEvent) => {
      if (!grip || event.pointerId !== grip.id) return;
      at = { x: event.clientX, y: event.clientY };
      const [carried, place] = [people, placeAt<P>(board, at)];
      end();
      if (!carried) return;
      // The click that follows is no choosing.
      addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener('click', swallow, { capture: true }));
      if (place) deps.dropped(carried, place);
    };
    addEventListener('pointermove', moved, { signal });
    addEventListener('pointerup', released, { signal });
    addEventListener('pointercancel', end, { signal });
    addEventListener('blur', end, { signal });
    addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || !people) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        end();
      },
      { signal, capture: true },
    );
    on('touchmove', (event) => people && event.preventDefault(), { passive: false });
    on('contextmenu', (event) => grip && event.preventDefault());
    on('dragstart', (event) => event.preventDefault());

    return () => {
      page.abort();
      end();
    };
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function placeAt<P extends string>(board: HTMLElement, { x, y }: { x: number; y: number }): P | undefined {
  const card = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-place]');
  return card && board.contains(card) ? (card.dataset['place'] as P) : undefined;
}
