import { loadBackWords } from '#lib/i18n/back.ts';
import type { I18n } from '#lib/i18n/i18n.svelte.ts';
import { loadLineWords } from '#lib/i18n/line.ts';

/**
 * The parts of a meeting that are not needed for the first picture, each with the words that it needs. They are downloaded a
 * little later, so that they are there when the network is not.
 */
export function roomParts(i18n: I18n) {
  const chat = () => i18n.withLate(() => import('#lib/chat/ChatPanel.svelte'));
  const digest = () => import('#lib/back/DigestNotice.svelte');
  const people = () => i18n.withLate(() => import('./PeoplePanel.svelte'));
  const groupsBar = () => i18n.withLate(() => import('#lib/breakout/bar/GroupsBar.svelte'));
  const rooms = () => import('#lib/breakout/RoomsPanel.svelte');
  const notes = () => import('#lib/notes/NotesPanel.svelte');
  const roomList = () => import('#lib/breakout/bar/RoomList.svelte');
  const line = () => import('#lib/line/LinePanel.svelte');
  const settings = () => i18n.withLate(() => import('./SettingsDialog.svelte'));
  const shortcuts = () => i18n.withLate(() => import('./ShortcutsDialog.svelte'));
  const announcer = () => i18n.withLate(() => import('./Announcer.svelte'));
  const habits = () => import('./Habits.svelte');
  const notices = () => i18n.withLate(() => import('./Notices.svelte'));
  const menu = () => i18n.withLate(() => import('./MoreMenu.svelte'));
  const alone = () => i18n.withLate(() => import('./Alone.svelte'));
  /** What says how things are first, then what is asked for most often; the last is seen when there is no time, or no network. */
  const later = [
    () => Promise.all([import('#lib/line/LineNotice.svelte'), loadLineWords(i18n.lang)]),
    chat,
    announcer,
    menu,
    () => loadBackWords(i18n.lang),
    digest,
    () => i18n.withLate(() => import('./Outside.svelte')),
    people,
    line,
    () => i18n.withLate(() => import('#lib/stage/Pager.svelte')),
    () => i18n.withLate(() => import('#lib/stage/Screen.svelte')),
    settings,
    shortcuts,
  ];
  return {
    chat,
    digest,
    people,
    groupsBar,
    rooms,
    notes,
    roomList,
    line,
    settings,
    shortcuts,
    announcer,
    habits,
    notices,
    menu,
    alone,
    later,
  };
}

export type RoomParts = ReturnType<typeof roomParts>;
