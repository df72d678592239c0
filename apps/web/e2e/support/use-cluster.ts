import { writeFile } from 'node:fs/promises';
import { test, type Browser } from '@playwright/test';
import { launch } from './browser.ts';
import { Cluster, type ClusterOptions } from './cluster.ts';

/** Cameras of twelve pictures a second: half the work, on a machine that has all of a cluster to carry. */
const FEW_PICTURES = '--use-fake-device-for-media-stream=fps=12';

/**
 * A cluster and a browser with devices for all the tests of a file. What the processes wrote is kept with a test that
 * failed.
 */
export function useCluster(options: () => ClusterOptions | Promise<ClusterOptions> = () => ({})) {
  let cluster: Cluster | undefined;
  let browser: Browser | undefined;
  test.beforeAll(async () => {
    cluster = await Cluster.start(await options());
    browser = await launch({ args: [FEW_PICTURES] });
  });
  test.afterEach(async () => {
    const info = test.info();
    if (!cluster || info.status === info.expectedStatus) return;
    const path = info.outputPath('processes.log');
    await writeFile(path, cluster.outputs().join('\n'));
    await info.attach('what the processes wrote', { path, contentType: 'text/plain' });
  });
  test.afterAll(async () => {
    await browser?.close();
    await cluster?.stop();
  });
  return {
    get cluster(): Cluster {
      if (!cluster) throw new Error('the cluster has not started');
      return cluster;
    },
    get browser(): Browser {
      if (!browser) throw new Error('the browser has not started');
      return browser;
    },
  };
}
