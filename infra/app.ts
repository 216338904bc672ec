import { fileURLToPath } from 'node:url';
import { buildPages, bundler } from './bundle.ts';
import { nuanliuApp } from './nuanliu.ts';

/** `npm run synth`: every stage's templates into cdk.out, checked by cdk-nag. Needs no AWS account. */
const pages = await buildPages();
const outdir = process.env['CDK_OUTDIR'] ?? fileURLToPath(new URL('../cdk.out', import.meta.url));
const app = nuanliuApp({ artefacts: { pages, code: bundler(pages) }, outdir });
app.synth();
for (const stack of app.node.children) console.error(`synthesised ${stack.node.id}`);
