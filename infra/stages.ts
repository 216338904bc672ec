import type { AreaName } from '../shared/contract/index.ts';

/** Who signs people in. An AWS China region has no Cognito, so there the provider is somebody else's. */
export type IdentitySettings =
  | {
      readonly kind: 'cognito';
      /** `<prefix>.auth.<region>.amazoncognito.com`; one in the world. */
      readonly domainPrefix: string;
    }
  | {
      readonly kind: 'issuer';
      readonly issuer: string;
      readonly clientId: string;
      readonly signOutUrl: string;
      /** Where the issuer publishes its keys, if discovery does not say. */
      readonly jwksUri?: string;
      /** Other origins the pages speak to while signing in (the token endpoint's, where it is not the issuer's). */
      readonly origins: readonly string[];
    };

export type SmsSettings =
  | { readonly kind: 'sns'; readonly monthlyUsd: number }
  | {
      readonly kind: 'http';
      readonly url: string;
      /** The registered 【signature】, part of each text's first segment. */
      readonly signature: string;
    };

/** How people reach the pages and the API. */
export type FrontSettings =
  | {
      readonly kind: 'cloudfront';
      /**
       * Names of the keys by which the API knows its own CloudFront; the last is sent, all are taken. To change it, add a
       * name, deploy, then remove the older.
       */
      readonly originKeys: readonly [string, ...string[]];
    }
  /** API Gateway itself, under the public name: see docs/adr/0008. */
  | { readonly kind: 'gateway' };

export type FunctionName =
  | `http-${AreaName}`
  | 'announce'
  | 'sender'
  | 'tick'
  | 'schedules'
  | 'imports'
  | 'seals'
  | 'pages';

export type Stage = {
  readonly name: 'prod' | 'cn' | 'dev';
  readonly region: string;
  /** Where the pages are, without a path. Its DNS record is the operator's to make: see docs/runbook.md. */
  readonly host: string;
  readonly identity: IdentitySettings;
  readonly sms: SmsSettings;
  readonly front: FrontSettings;
  /** X-Ray; Lambda in the China regions has none. */
  readonly tracing: boolean;
  readonly logDays: 7 | 30 | 180;
  /** For how long nobody at all, the account's owner included, can alter or remove the seals of the audit log: set it with care. */
  readonly auditDays: number;
  /** Kept when the stack is deleted, and not deletable by mistake. */
  readonly keepData: boolean;
  readonly throttle: {
    readonly default: { readonly rate: number; readonly burst: number };
    /** First sign-in does the most work for a stranger's request. */
    readonly signIn: { readonly rate: number; readonly burst: number };
  };
  readonly memoryMb: { readonly default: number } & { readonly [F in FunctionName]?: number };
  readonly texts: {
    readonly usedHoldSeconds: number;
    /** `HH:MM-HH:MM` at the site, or `off`. */
    readonly quietHours: string;
    readonly daily: number;
    readonly monthlySegments: number;
  };
  /** Who is told of alarms; nobody but the console where empty. */
  readonly alarmEmails: readonly string[];
};

const TEXTS = { usedHoldSeconds: 1800, quietHours: '21:00-08:00', daily: 10 } as const;

/** The settings of each deployment: this file is what an operator edits before the first one. */
export const STAGES: readonly Stage[] = [
  {
    name: 'prod',
    region: 'ap-southeast-1',
    host: 'nuanliu.example.org',
    identity: { kind: 'cognito', domainPrefix: 'nuanliu' },
    sms: { kind: 'sns', monthlyUsd: 2_000 },
    front: { kind: 'cloudfront', originKeys: ['first'] },
    tracing: true,
    logDays: 180,
    auditDays: 3_650,
    keepData: true,
    throttle: { default: { rate: 1_000, burst: 2_000 }, signIn: { rate: 50, burst: 100 } },
    memoryMb: { default: 512, 'http-bookings': 1_024, 'http-sites': 1_024 },
    texts: { ...TEXTS, monthlySegments: 50_000 },
    alarmEmails: [],
  },
  {
    name: 'cn',
    region: 'cn-northwest-1',
    host: 'nuanliu.example.cn',
    identity: {
      kind: 'issuer',
      issuer: 'https://id.nuanliu.example.cn',
      clientId: 'nuanliu-web',
      signOutUrl: 'https://id.nuanliu.example.cn/session/end',
      origins: [],
    },
    sms: { kind: 'http', url: 'https://sms.nuanliu.example.cn/messages', signature: '【暖流】' },
    front: { kind: 'gateway' },
    tracing: false,
    logDays: 180,
    auditDays: 3_650,
    keepData: true,
    throttle: { default: { rate: 1_000, burst: 2_000 }, signIn: { rate: 50, burst: 100 } },
    memoryMb: { default: 512, 'http-bookings': 1_024, 'http-sites': 1_024 },
    texts: { ...TEXTS, monthlySegments: 50_000 },
    alarmEmails: [],
  },
  {
    name: 'dev',
    region: 'ap-southeast-1',
    host: 'dev.nuanliu.example.org',
    identity: { kind: 'cognito', domainPrefix: 'nuanliu-dev' },
    sms: { kind: 'sns', monthlyUsd: 10 },
    front: { kind: 'cloudfront', originKeys: ['first'] },
    tracing: true,
    logDays: 7,
    auditDays: 1,
    keepData: false,
    throttle: { default: { rate: 50, burst: 100 }, signIn: { rate: 5, burst: 10 } },
    memoryMb: { default: 512 },
    texts: { ...TEXTS, usedHoldSeconds: 60, monthlySegments: 500 },
    alarmEmails: [],
  },
];

/** Where browsers put files, and by which name: of the host, which is nobody else's. */
export function uploadsOf({ host, region }: Stage): { readonly bucket: string; readonly origin: string } {
  const bucket = `${host.replaceAll('.', '-')}-uploads`;
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { bucket, origin: `https://${bucket}.s3.${region}.${suffix}` };
}

/** Where the days of the audit log are sealed. */
export const sealsOf = ({ host }: Stage): string => `${host.replaceAll('.', '-')}-audit`;

export const publicUrl = (stage: Stage): string => `https://${stage.host}`;
