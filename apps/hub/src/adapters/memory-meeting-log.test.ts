import { meetingLogContract } from '../ports/meeting-log.contract.ts';
import { measuredMeetingLog } from '../observe/measured-log.ts';
import { createMemoryMeetingLog } from './memory-meeting-log.ts';

meetingLogContract('memory', async () => createMemoryMeetingLog());

// As a hub has it: what measures it passes on all that is asked.
meetingLogContract('memory, measured', async () =>
  measuredMeetingLog(createMemoryMeetingLog(), { appended: () => undefined }),
);
