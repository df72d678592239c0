/** Made by join-entry.ts while building. */
declare module 'virtual:join-files' {
  /** Paths from the root of the site. */
  export interface EntryFiles {
    script: string;
    styles: string[];
    /** What the script imports before it does anything. */
    first: string[];
    /** What it fetches next: announced at once, so that one round trip brings all. */
    then: string[];
    words: Record<'fr' | 'en', string[]>;
  }
  /** The page of a meeting, and the one that says that there is no network. */
  export type JoinFiles = Record<'join' | 'offline', EntryFiles>;
  export function joinFiles(): JoinFiles;
}
