export interface Part {
  text: string;
  isLink: boolean;
}

/** An email's text, with the addresses in it to be opened. */
export function partsOf(text: string): Part[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, i) => ({ text: part, isLink: i % 2 === 1 }))
    .filter(({ text: part }) => part !== '');
}
