/** What a menu offers. */
export interface MenuItem {
  label: string;
  act: () => void;
  /** It stands apart from those above. */
  apart?: boolean;
}
