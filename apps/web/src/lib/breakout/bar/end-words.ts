import type { GroupsWords } from '#lib/i18n/fr-groups.ts';
import type { EndNews } from './end-watch.ts';

/** What is said once of the end of a room, or of the rooms to who is in the plenary [BREAK-20]. */
export function endWords(words: GroupsWords, news: EndNews, seconds: number, inRoom: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const left = inRoom ? words.minutesLeft : words.minutesLeftOfAll;
  switch (news) {
    case 'closing':
      return inRoom ? words.closing(seconds) : words.allClosing(seconds);
    case 'added':
      return words.timeAdded(minutes);
    case 'cut':
      return words.timeCut(minutes);
    case 'noEnd':
      return words.noEnd;
    default:
      return left(minutes);
  }
}
