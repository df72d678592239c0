import { noteStoreContract } from '../ports/note-store.contract.ts';
import { createMemoryNoteStore } from './memory-note-store.ts';

noteStoreContract('memory', async () => createMemoryNoteStore());
