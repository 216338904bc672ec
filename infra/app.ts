import { fileURLToPath } from 'node:url';
import { Stack } from 'aws-cdk-lib';
import { buildPages, bundler } from './bundle.ts';
import { nuanliuApp } from './nuanliu.ts';

/** `npm run synth`: every stage's templates into cdk.out, checked by cdk-nag. Needs no AWS account. */
const pages = await buildPages();
const outdir = process.env['CDK_OUTDIR'] ?? fileURLToPath(new URL('../cdk.out', import.meta.url));
const app = nuanliuApp({ artefacts: { pages, code: bundler(pages) }, outdir });
app.synth();
const stacks = app.node.children.filter((child) => Stack.isStack(child));
// On standard error: the CDK's command reads the other.
console.error(`Synthesised ${stacks.length} stacks into ${outdir}; cdk-nag found nothing that is not acknowledged`);
