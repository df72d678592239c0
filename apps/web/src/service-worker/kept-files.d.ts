/** Made by join-entry.ts while building. */
declare module 'virtual:kept-files' {
  /** Another one whenever a path is. */
  export const version: string;
  /** Of the files of the program, from the root of the site; their names change with what is in them. */
  export const paths: readonly string[];
}
