import { entryStoreContract } from '../ports/entry-store.contract.ts';
import { createMemoryEntryStore } from './memory-entry-store.ts';

entryStoreContract('memory', async () => createMemoryEntryStore());
