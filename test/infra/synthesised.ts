import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { nuanliuApp } from '../../infra/nuanliu.ts';
import { STAGES, type Stage } from '../../infra/stages.ts';

/** Stand-ins for the bundles and the pages: what is deployed is the same but for those. */
function standIns() {
  const folder = mkdtempSync(join(tmpdir(), 'nuanliu-infra-'));
  const pages = join(folder, 'pages');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html>');
  writeFileSync(join(pages, 'assets/app.js'), '');
  const bundle = join(folder, 'bundle');
  mkdirSync(bundle);
  writeFileSync(join(bundle, 'index.mjs'), 'export const handler = () => {};');
  return { folder, pages, bundle };
}

/** One stage's app before it is synthesised, for a test to add to. */
export function unfinished(name: Stage['name']) {
  const { folder, pages, bundle } = standIns();
  return nuanliuApp({
    outdir: join(folder, 'cdk.out'),
    stages: STAGES.filter((stage) => stage.name === name),
    artefacts: { pages, code: () => Code.fromAsset(bundle) },
  });
}

/** Every stage, once. */
function synthesise() {
  const { folder, pages, bundle } = standIns();
  const entries = new Set<string>();
  const app = nuanliuApp({
    outdir: join(folder, 'cdk.out'),
    artefacts: {
      pages,
      code: (entry) => {
        entries.add(entry);
        return Code.fromAsset(bundle);
      },
    },
  });
  const assembly = app.synth();
  const stacks = new Map(app.node.children.map((child) => [child.node.id, child as Stack]));
  return { assembly, stacks, entries };
}

const made = synthesise();
export const entries: ReadonlySet<string> = made.entries;
export const stageNames: readonly Stage['name'][] = STAGES.map(({ name }) => name);

export type Resource = { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string };
const templates = new Map<string, Template>();

export function template(stage: Stage['name'], stack: string): Template {
  const id = `nuanliu-${stage}-${stack}`;
  const known = templates.get(id) ?? Template.fromStack(made.stacks.get(id) ?? missing(id));
  templates.set(id, known);
  return known;
}

export const resources = (stage: Stage['name'], stack: string, type: string): Resource[] =>
  Object.values(template(stage, stack).findResources(type)) as Resource[];

export const stacksOf = (stage: Stage['name']): string[] =>
  [...made.stacks.keys()].filter((id) => id.startsWith(`nuanliu-${stage}-`)).map((id) => id.split('-')[2] as string);

/** The text of every template of a stage. */
export const textOf = (stage: Stage['name']): string =>
  stacksOf(stage)
    .map((stack) => JSON.stringify(template(stage, stack).toJSON()))
    .join('\n');

function missing(id: string): never {
  throw new Error(`no stack ${id}`);
}
