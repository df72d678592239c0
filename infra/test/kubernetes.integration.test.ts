import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { INFRA } from './tool.ts';

interface Container {
  name: string;
  env?: { name: string; valueFrom?: Partial<Record<'secretKeyRef' | 'configMapKeyRef', Key>> }[];
}
interface Key {
  name: string;
  key: string;
}
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec?: { template?: { spec: { terminationGracePeriodSeconds: number; containers: Container[] } } };
}

const FOLDER = join(INFRA, 'kubernetes');

async function manifests(): Promise<Manifest[]> {
  const names = (await readdir(FOLDER)).filter(
    (name) => name.endsWith('.yaml') && name !== 'kustomization.yaml',
  );
  const texts = await Promise.all(names.map((name) => readFile(join(FOLDER, name), 'utf8')));
  return texts.flatMap((text) =>
    parseAllDocuments(text, { uniqueKeys: true }).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as Manifest;
    }),
  );
}

/** Values: what the API server's own schema refuses (formats, quantities, what is missing). */
test('every manifest is one that the Kubernetes API takes, by its own schema', async () => {
  for (const manifest of await manifests()) {
    const path = `kubernetes-models/${manifest.apiVersion}/${manifest.kind}`;
    const models = (await import(path)) as Record<string, new (data: Manifest) => { validate(): void }>;
    const Model = models[manifest.kind];
    if (!Model) throw new Error(`Kubernetes knows no ${manifest.kind}`);
    expect(() => new Model(manifest).validate(), `${manifest.kind} ${manifest.metadata.name}`).not.toThrow();
  }
});

/** Names: the schema passes over fields that it does not know; the compiler does not. */
test('no manifest has a field that Kubernetes does not know', { timeout: 120_000 }, async () => {
  const all = await manifests();
  const [one] = all.filter(({ kind }) => kind === 'DaemonSet');
  const wrong = { ...one!, spec: { ...one!.spec, tempalte: {} } } as Manifest;
  // The wrong one shows that it would be seen; it is the only one.
  expect(problemsOf([...all, wrong])).toEqual([expect.stringContaining('tempalte')]);
});

function problemsOf(all: Manifest[]): string[] {
  const path = join(import.meta.dirname, 'manifests.generated.ts');
  const lines = all.map(
    (manifest, i) =>
      `import type { I${manifest.kind} as T${i} } from 'kubernetes-models/${manifest.apiVersion}/${manifest.kind}';\n` +
      `export const m${i}: T${i} = ${JSON.stringify(manifest)};`,
  );
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [], lib: ['lib.es2020.d.ts'] },
    ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  };
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (name) => name === path || fileExists(name);
  host.getSourceFile = (name, target, ...rest) =>
    name === path
      ? ts.createSourceFile(name, lines.join('\n'), target)
      : getSourceFile(name, target, ...rest);
  const program = ts.createProgram([path], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(path))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

test('kustomization.yaml names every manifest, the secrets as the file that a person makes of the example', async () => {
  const text = await readFile(join(FOLDER, 'kustomization.yaml'), 'utf8');
  const { resources } = parseAllDocuments(text)[0]?.toJS() as { resources: string[] };
  const files = (await readdir(FOLDER)).filter((name) => name !== 'kustomization.yaml');
  expect(new Set(resources)).toEqual(new Set(files.map((name) => name.replace('.example', ''))));
});

test('every key that a container takes from the settings or the secrets is there', async () => {
  const all = await manifests();
  const held = (kind: string) => all.find((manifest) => manifest.kind === kind);
  const known = {
    secretKeyRef: { name: 'relais', keys: Object.keys(held('Secret')?.stringData ?? {}) },
    configMapKeyRef: { name: 'relais', keys: Object.keys(held('ConfigMap')?.data ?? {}) },
  };
  for (const container of all.flatMap((manifest) => manifest.spec?.template?.spec.containers ?? [])) {
    for (const { valueFrom } of container.env ?? []) {
      for (const from of ['secretKeyRef', 'configMapKeyRef'] as const) {
        const wanted = valueFrom?.[from];
        if (!wanted) continue;
        expect(wanted.name, container.name).toBe(known[from].name);
        expect(known[from].keys, container.name).toContain(wanted.key);
      }
    }
  }
});

test('a hub and a media node are given longer to stop than they take to move people away', async () => {
  const all = await manifests();
  const drain = Number(all.find(({ kind }) => kind === 'ConfigMap')?.data?.['RELAIS_DRAIN_SECONDS']);
  for (const name of ['hub', 'sfu']) {
    const found = all.find((manifest) => manifest.metadata.name === name && manifest.spec?.template);
    expect(found?.spec?.template?.spec.terminationGracePeriodSeconds, name).toBeGreaterThan(drain + 20);
  }
});
