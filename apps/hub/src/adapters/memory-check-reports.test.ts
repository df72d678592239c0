import { checkReportsContract } from '../ports/check-reports.contract.ts';
import { createMemoryCheckReports } from './memory-check-reports.ts';

checkReportsContract('memory', async () => createMemoryCheckReports());
