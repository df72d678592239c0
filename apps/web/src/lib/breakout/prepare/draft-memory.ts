import { asRecord } from '#lib/meeting/as-record.ts';
import { attempt } from '#lib/storage.ts';
import type { LateRule, ParticipantId, PlanId, RoomId } from '@relais/protocol';
import { BREAKOUT_MAX_ROOMS } from '@relais/protocol/limits';
import { MAX_SEED, type Draft, type FillingKind, type RoomForm } from './draft.ts';

const FILLINGS: readonly string[] = ['byHand', 'even', 'size', 'choice', 'mixing', 'same'];
const LATE: readonly string[] = ['own', 'choose', 'smallest'];

/** What is being prepared for one meeting, kept by this tab until it is put aside: over a reload, and while the line is down. */
export function createDraftMemory(storage: Storage | undefined, code: string) {
  const key = `relais:subgroups:${code}`;
  return {
    ...placeIn(storage, key),
    /** [BREAK-38] What was being prepared before something else was taken up, or all was cleared. */
    aside: placeIn(storage, `${key}:aside`),
  };
}

function placeIn(storage: Storage | undefined, key: string) {
  return {
    /** Undefined: there is none that can be read. */
    load: (): Draft | undefined =>
      attempt(() => readDraft(JSON.parse(storage?.getItem(key) ?? 'null') as unknown)),
    save: (draft: Draft): void => void attempt(() => storage?.setItem(key, JSON.stringify(draft))),
    forget: (): void => void attempt(() => storage?.removeItem(key)),
  };
}

export type DraftMemory = ReturnType<typeof createDraftMemory>;

/** What an earlier version of the page may have written is read field by field; undefined: it is no draft. */
export function readDraft(stored: unknown): Draft | undefined {
  const d = asRecord(stored);
  const rooms = Array.isArray(d['rooms']) ? d['rooms'].slice(0, BREAKOUT_MAX_ROOMS).map(readRoom) : [];
  const filling = d['filling'];
  const late = d['late'];
  if (rooms.length === 0 || typeof filling !== 'string' || !FILLINGS.includes(filling)) return undefined;
  if (typeof late !== 'string' || !LATE.includes(late)) return undefined;
  if (new Set(rooms.map(({ key }) => key)).size < rooms.length) return undefined;
  const corrected = d['corrected'];
  return {
    ...(typeof d['planId'] === 'string' && { planId: d['planId'] as PlanId }),
    ...(typeof d['basedOn'] === 'number' && { basedOn: d['basedOn'] }),
    title: text(d['title']),
    rooms,
    minutes: number(d['minutes'], 1, Infinity) ?? null,
    filling: filling as FillingKind,
    size: number(d['size'], 2, Infinity) ?? 4,
    seed: number(d['seed'], 0, MAX_SEED) ?? 0,
    withFacilitators: d['withFacilitators'] === true,
    late: late as LateRule,
    mayChoose: d['mayChoose'] === true,
    countdownSeconds: number(d['countdownSeconds'], 0, 60) ?? 10,
    ...(typeof corrected === 'string' &&
      FILLINGS.includes(corrected) && {
        corrected: corrected as FillingKind,
        byHand: readByHand(asRecord(d['byHand'])),
      }),
  };
}

function readRoom(stored: unknown, index: number): RoomForm {
  const r = asRecord(stored);
  return {
    key: number(r['key'], 1, Infinity) ?? index + 1,
    ...(typeof r['roomId'] === 'string' && { roomId: r['roomId'] as RoomId }),
    name: text(r['name']),
    instructions: text(r['instructions']),
    documentUrl: text(r['documentUrl']),
    people: text(r['people']),
  };
}

function readByHand(stored: Record<string, unknown>): NonNullable<Draft['byHand']> {
  const placed = Object.entries(stored).filter(([, key]) => key === null || typeof key === 'number');
  return Object.fromEntries(placed) as Record<ParticipantId, number | null>;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const number = (value: unknown, least: number, most: number) =>
  typeof value === 'number' && value >= least && value <= most ? Math.round(value) : undefined;
