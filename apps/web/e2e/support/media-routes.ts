import type { Page } from '@playwright/test';

/** Where a connection's packets go: address and port of the media worker at its other end, and how (udp, tcp). */
export interface MediaRoute {
  address: string;
  port: number;
  protocol: string;
}

/** The other ends of the page's connections that are in use now, from the browser's own statistics. */
export function mediaRoutes(page: Page): Promise<MediaRoute[]> {
  return page.evaluate(async () => {
    const { collectedConnections } = window as unknown as { collectedConnections: RTCPeerConnection[] };
    const routes = new Map<string, { address: string; port: number; protocol: string }>();
    for (const connection of collectedConnections) {
      if (connection.connectionState !== 'connected') continue;
      const reports = new Map<string, Record<string, unknown>>();
      (await connection.getStats()).forEach((report: { id: string }) => {
        reports.set(report.id, { ...report });
      });
      for (const transport of reports.values()) {
        if (transport['type'] !== 'transport') continue;
        const pair = reports.get(String(transport['selectedCandidatePairId']));
        const remote = reports.get(String(pair?.['remoteCandidateId']));
        if (!remote) continue;
        const protocol = String(reports.get(String(pair?.['localCandidateId']))?.['protocol']);
        const route = { address: String(remote['address']), port: Number(remote['port']), protocol };
        routes.set(`${route.address} ${route.port} ${protocol}`, route);
      }
    }
    return [...routes.values()];
  });
}

/** How many connections the page ever made: media that was opened anew has more. */
export function connectionsMade(page: Page): Promise<number> {
  return page.evaluate(
    () => (window as unknown as { collectedConnections: RTCPeerConnection[] }).collectedConnections.length,
  );
}
