import { meetingLogContract } from '../ports/meeting-log.contract.ts';
import { createMemoryMeetingLog } from './memory-meeting-log.ts';

meetingLogContract('memory', async () => createMemoryMeetingLog());
