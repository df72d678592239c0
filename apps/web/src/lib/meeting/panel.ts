export type PanelName = 'messages' | 'people' | 'line' | 'rooms' | 'notes';
export type DialogName = 'settings' | 'shortcuts';
