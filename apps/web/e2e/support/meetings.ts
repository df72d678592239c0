export interface RunMeeting {
  code: string;
  facilitatorKey: string;
}

/** Creates a meeting by the HTTP API that is at `url`; its code, and the key of who runs it. */
export async function createRunMeeting(url: string, title = 'Table de concertation'): Promise<RunMeeting> {
  const response = await fetch(`${url}/api/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title }),
  });
  const { value } = (await response.json()) as { value: RunMeeting };
  return value;
}

/** The same for who only needs its code. */
export async function createMeetingAt(url: string, title?: string): Promise<string> {
  return (await createRunMeeting(url, title)).code;
}
