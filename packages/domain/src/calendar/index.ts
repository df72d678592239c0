export * from './occurrences.ts';
export * from './places.ts';
export * from './reminders.ts';
export * from './readers.ts';
