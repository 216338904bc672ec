import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Which way imports run. A rule names where they start and what they may reach within the project; all else is forbidden. */
const ONE_WAY: readonly { readonly name: string; readonly from: string; readonly may: readonly string[] }[] = [
  { name: 'domain', from: '^shared/domain/', may: ['^shared/domain/'] },
  { name: 'policy', from: '^shared/policy/', may: ['^shared/policy/', '^shared/domain/'] },
  { name: 'contract', from: '^shared/contract/', may: ['^shared/contract/', '^shared/domain/'] },
  { name: 'store', from: '^shared/store/', may: ['^shared/store/', '^shared/domain/'] },
  { name: 'notify', from: '^shared/notify/', may: ['^shared/notify/', '^shared/domain/'] },
  { name: 'functions', from: '^functions/', may: ['^shared/', '^functions/'] },
  { name: 'runtime', from: '^functions/runtime/', may: ['^shared/', '^functions/runtime/'] },
  {
    name: 'infra',
    from: '^infra/',
    may: ['^infra/', '^shared/contract/', '^shared/store/(table|access|keys)\\.ts$'],
  },
  { name: 'web', from: '^web/', may: ['^web/', '^shared/contract/', '^shared/domain/'] },
  { name: 'local', from: '^local/', may: ['^local/', '^shared/', '^functions/'] },
];

/** Packages by room; a room that is not here may use any. */
const PACKAGES: readonly { readonly name: string; readonly from: string; readonly may: readonly string[] }[] = [
  // Calendars and check characters are worked out by libraries without a world of their own.
  { name: 'domain', from: '^shared/domain/', may: ['temporal-polyfill', 'cdigit'] },
  { name: 'policy', from: '^shared/policy/', may: [] },
  { name: 'contract', from: '^shared/contract/', may: ['zod'] },
  { name: 'store', from: '^shared/store/', may: ['@aws-sdk'] },
  { name: 'notify', from: '^shared/notify/', may: ['@aws-sdk'] },
];

const PROJECT = '^(shared|functions|infra|web|local|test|bench)/';
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'unknown'];

export const RULES: IForbiddenRuleType[] = [
  ...ONE_WAY.map(
    ({ name, from, may }): IForbiddenRuleType => ({
      name: `${name}-imports-one-way`,
      severity: 'error',
      from: { path: from },
      to: { path: PROJECT, pathNot: [...may] },
    }),
  ),
  ...PACKAGES.map(
    ({ name, from, may }): IForbiddenRuleType => ({
      name: `${name}-packages`,
      severity: 'error',
      from: { path: from },
      // As resolved, or as written where it could not be.
      to: { dependencyTypes: NPM as never, pathNot: may.map((of) => `(^|node_modules/)${of}(/|$)`) },
    }),
  ),
  {
    name: 'an-area-has-its-own-contract',
    severity: 'error',
    from: { path: '^functions/http/([^/]+)/', pathNot: '^functions/http/health/openapi\\.ts$' },
    to: { path: '^shared/contract/', pathNot: '^shared/contract/(common|define|problem|$1)\\.ts$' },
  },
  {
    name: 'areas-do-not-reach-into-each-other',
    severity: 'error',
    from: { path: '^functions/(http/[^/]+|events)/' },
    to: { path: '^functions/(http|events)/', pathNot: '^functions/$1/' },
  },
  {
    name: 'pages-take-types-of-the-contract',
    severity: 'error',
    comment: 'zod stays out of what a browser loads',
    from: { path: '^web/' },
    to: { path: '^shared/contract/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'what-is-deployed-needs-no-development-package',
    severity: 'error',
    from: { path: '^(shared|functions)/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'no-cycles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'found',
    severity: 'error',
    from: {},
    // The types of Lambda's events are a package of types only.
    to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
  },
];
