import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Problem } from '../../shared/contract/problem.ts';

/** The issuer of every test's tokens. A person's subject is their person id, so that tests need no sign-in. */
export const TEST_ISSUER = 'https://identity.test';

export type Call = {
  /** Whose token comes with it; none without. */
  as?: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  raw?: string;
  key?: string;
  headers?: Record<string, string>;
};

export type Answer<T> = { status: number; headers: Record<string, unknown>; body: T };

type Handler = (
  event: APIGatewayProxyEventV2WithJWTAuthorizer,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** An HTTP API event for a route, as API Gateway makes it. */
export function apiEvent(routeKey: string, call: Call): APIGatewayProxyEventV2WithJWTAuthorizer {
  const [method = '', template = ''] = routeKey.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(call.params?.[name] ?? ''));
  const hasBody = call.body !== undefined || call.raw !== undefined;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams(call.query).toString(),
    headers: {
      ...(hasBody && { 'content-type': 'application/json', 'idempotency-key': call.key ?? randomUUID() }),
      ...call.headers,
    },
    ...(call.params && { pathParameters: call.params }),
    ...(call.query && { queryStringParameters: call.query }),
    ...(hasBody && { body: call.raw ?? JSON.stringify(call.body) }),
    isBase64Encoded: false,
    requestContext: {
      accountId: 'test',
      apiId: 'test',
      domainName: 'test',
      domainPrefix: 'test',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'test',
      routeKey,
      stage: '$default',
      time: '',
      timeEpoch: 0,
      authorizer: {
        principalId: '',
        integrationLatency: 0,
        jwt: { claims: call.as === undefined ? {} : { iss: TEST_ISSUER, sub: call.as }, scopes: [] },
      },
    },
  };
}

/** Calls a route of an area's handler. The body is typed by the caller: a success or a problem. */
export async function callRoute<T = Problem>(handler: unknown, routeKey: string, call: Call = {}): Promise<Answer<T>> {
  const result = await (handler as Handler)(apiEvent(routeKey, call), { awsRequestId: 'test' } as Context);
  return {
    status: result.statusCode ?? 200,
    headers: result.headers ?? {},
    body: (result.body && !isFile(result) ? JSON.parse(result.body) : result.body) as T,
  };
}

const isFile = ({ headers }: APIGatewayProxyStructuredResultV2): boolean =>
  String(headers?.['content-type']).startsWith('text/');
