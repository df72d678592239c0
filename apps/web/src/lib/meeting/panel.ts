export type PanelName = 'messages' | 'people' | 'line';
export type DialogName = 'settings' | 'shortcuts';
