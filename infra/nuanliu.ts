import { App, type Environment, type Stack, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Artefacts } from './bundle.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { EdgeStack } from './stacks/edge.ts';
import { FilesStack } from './stacks/files.ts';
import { type Identity, IdentityStack } from './stacks/identity.ts';
import { MessagesStack } from './stacks/messages.ts';
import { SealsStack } from './stacks/seals.ts';
import { WatchStack } from './stacks/watch.ts';
import { WebStack } from './stacks/web.ts';
import { STAGES, type Stage } from './stages.ts';

/** Behaviour of the CDK that is not its default yet. */
const FLAGS = {
  '@aws-cdk/aws-iam:minimizePolicies': false,
  '@aws-cdk/core:enablePartitionLiterals': false,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
  '@aws-cdk/aws-lambda:recognizeVersionProps': true,
  '@aws-cdk/customresources:installLatestAwsSdkDefault': false,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  'aws:cdk:version-reporting': false,
};

/** Every stage's stacks. Called with real artefacts to synthesise, with stand-ins by the tests. */
export function nuanliuApp(props: {
  readonly artefacts: Artefacts;
  readonly outdir?: string;
  readonly stages?: readonly Stage[];
}): App {
  const app = new App({
    context: FLAGS,
    analyticsReporting: false,
    ...(props.outdir && { outdir: props.outdir }),
  });
  for (const stage of props.stages ?? STAGES) addStage(app, stage, props.artefacts);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

function addStage(app: App, stage: Stage, artefacts: Artefacts): void {
  // The account comes from the credentials at hand while deploying; synthesising needs none.
  const account = process.env['CDK_DEFAULT_ACCOUNT'];
  const env: Environment = { region: stage.region, ...(account && { account }) };
  const common = { stage, env, crossRegionReferences: true, terminationProtection: stage.keepData };
  const id = (name: string) => `nuanliu-${stage.name}-${name}`;

  const data = new DataStack(app, id('data'), common);
  const tables = { schedule: data.schedule, private: data.private };
  const identity = identityOf(app, stage, { ...common, id: id('identity') });
  const api = new ApiStack(app, id('api'), {
    ...common,
    tables,
    uploads: { bucket: data.uploads, key: data.key },
    identity,
    code: artefacts.code,
  });
  const messages = new MessagesStack(app, id('messages'), { ...common, data, code: artefacts.code });
  const files = new FilesStack(app, id('files'), {
    ...common,
    data,
    factKey: api.factKey,
    identityKey: api.identityKey,
    code: artefacts.code,
  });
  const seals = new SealsStack(app, id('seals'), { ...common, data, code: artefacts.code });
  const originKey = api.originKeys.at(-1);
  if (originKey) {
    const edge = new EdgeStack(app, id('edge'), { ...common, env: { ...env, region: 'us-east-1' } });
    new WebStack(app, id('web'), {
      ...common,
      identity,
      api: api.api,
      originKey,
      certificate: edge.certificate,
      firewallArn: edge.acl.attrArn,
      pages: artefacts.pages,
    });
  }
  new WatchStack(app, id('watch'), { ...common, data, api, messages, files, seals });
  for (const stack of app.node.children.filter((child) => child.node.id.startsWith(id('')))) {
    Tags.of(stack as Stack).add('nuanliu:stage', stage.name);
  }
}

function identityOf(
  app: App,
  stage: Stage,
  { id, ...props }: { id: string; env: Environment; stage: Stage; crossRegionReferences: boolean },
): Identity {
  const { identity } = stage;
  if (identity.kind === 'cognito') {
    return new IdentityStack(app, id, { ...props, domainPrefix: identity.domainPrefix }).identity;
  }
  const { issuer, clientId, signOutUrl, jwksUri, origins } = identity;
  return {
    issuer,
    clientId,
    signOutUrl,
    ...(jwksUri && { jwksUri }),
    origins: [new URL(issuer).origin, ...origins],
  };
}
