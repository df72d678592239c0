export type PanelName = 'messages' | 'people';
export type DialogName = 'settings' | 'shortcuts';
